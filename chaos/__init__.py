"""Breaks a running platform in every way that is known to happen, and counts what became of each file.

    python -m chaos                      one round of every fault, both shapes
    python -m chaos --shape embedded --seed 7 --minutes 30

Everything it starts is its own, listens on loopback and is ended by it; a run with the same seed does the same again.
"""
