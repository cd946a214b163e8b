"""Inputs that are kept, a folder for each target: what was found once, and where to begin from."""

import hashlib
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def kept(target: str) -> list[Path]:
    """Return the inputs of a target, in order of their names."""
    return sorted(path for path in (CORPUS / target).glob("*") if path.is_file())


def keep(target: str, raw: bytes) -> Path:
    """Keep an input, under the hash of its content, and return where it lies."""
    path = CORPUS / target / f"found-{hashlib.sha256(raw).hexdigest()[:12]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path
