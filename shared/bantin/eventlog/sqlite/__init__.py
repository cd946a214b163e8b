"""The embedded log: one SQLite file, append-only, for one machine and any number of its processes.

Every topic has one partition, 0. A publish returns after an fsync (WAL, `synchronous=FULL`); publishes that wait at
the same time share one. Records are kept for ever, compacted topics too: their readers fold, and what
compaction would save is small beside the raw files. Of several members that a group has for one topic, one is
given its records and the others stand by: they take over when it leaves or its process ends.
"""
