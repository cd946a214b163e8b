"""What a process that reads pages may take of the machine: memory and time; no files, no core dumps."""

import math
import sys

if sys.platform != "win32":
    import resource

MIB = 1024 * 1024


def limit_resources(memory: int) -> None:
    """Limit this process to `memory` MiB of address space, and let it write no file. Does nothing on Windows."""
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_AS, memory * MIB)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)


def allow_processor_time(seconds: float) -> None:
    """Let this process use so many more seconds of processor time; beyond them the system ends it."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _lower(kind: int, limit: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    soft, hard = resource.getrlimit(kind)
    lowest = min(limit, *(old for old in (soft, hard) if old != resource.RLIM_INFINITY), limit)
    try:
        resource.setrlimit(kind, (lowest, lowest))
    except ValueError:
        if sys.platform == "linux":
            raise  # elsewhere the system may not know such a limit
