"""Run an engine as a child process: free loopback ports, wait until it answers, stop it by its id."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

STOP_SECONDS = 30


def free_ports(count: int) -> list[int]:
    """Return ports of 127.0.0.1 that nothing listens on at this moment, each different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def wait_until(answers: Callable[[], bool], process: subprocess.Popen[bytes], output: Path, seconds: float) -> None:
    """Return once `answers()` is true.

    Raise RuntimeError with the end of the file `output` if the process ends first or time is up.
    """
    deadline = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process, signal.SIGKILL)
            tail = output.read_text(errors="replace")[-4000:] if output.exists() else ""
            raise RuntimeError(f"the engine did not start (exit status {process.poll()}); its output:\n{tail}")
        time.sleep(0.2)


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """Send `how` to the process and wait for its end; kill it if it does not end within 30 s."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
