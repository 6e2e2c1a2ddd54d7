"""What a command costs, with everything it starts: wall time, processor time, peak memory.

Processor time is exact, not sampled: the meter makes itself the one that inherits orphans
(`PR_SET_CHILD_SUBREAPER`), waits for all of them, and reads what the kernel added up. Memory is
sampled, which takes some hundredths of a core; where two runs are compared, neither is weighed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
_SAMPLE_S = 0.5
_LEAVES_WITHIN_S = 10.0


@dataclass(frozen=True)
class Cost:
    """Seconds, and MiB of memory (proportional set size; 0 where it was not weighed)."""

    exit_code: int
    wall_s: float
    cpu_s: float
    peak_mib: float
    left_behind: int


def measure(
    command: Sequence[str | Path],
    log: Path,
    *,
    environment: Mapping[str, str],
    folder: Path,
    weighed: bool = False,
) -> Cost:
    """Run a command in a folder, its output in `log`, and say what it cost."""
    meter = [sys.executable, "-I", __file__, *(["--weigh"] if weighed else []), str(log)]
    said = subprocess.run(
        [*meter, *map(str, command)],
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    return Cost(**json.loads(said))


def told(process: int | str, name: str) -> str:
    """What the kernel tells of a process in one of its files under /proc; OSError: it is gone."""
    # Not a Path: pathlib interns every part of one, which makes whoever weighs itself heavier.
    with open(f"/proc/{process}/{name}", encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def _statistics(process: int | str) -> list[str]:
    # Its name, which comes first, may hold anything; what counts stands behind its bracket.
    return told(process, "stat").rpartition(")")[2].split()


def family(head: int) -> Iterator[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):  # ended meanwhile
                parent = int(_statistics(entry.name)[1])
                children.setdefault(parent, []).append(int(entry.name))
    waiting = [head]
    while waiting:
        member = waiting.pop()
        yield member
        waiting += children.get(member, [])


def weight_mib(process: int) -> float:
    """Its memory; what several processes share counts for each in part. 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in told(process, "smaps_rollup").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def cpu_s(process: int) -> float:
    """What one running process has used of the processor, without its children."""
    fields = _statistics(process)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Scales:
    """Weighs a process and its descendants, again and again."""

    def __init__(self, head: int) -> None:
        self.peak_mib = 0.0
        self._head = head
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def _weigh(self) -> None:
        while not self._over.wait(_SAMPLE_S):
            self.peak_mib = max(self.peak_mib, sum(map(weight_mib, family(self._head))))

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self.peak_mib


def _run(command: Sequence[str], log: Path, *, weighed: bool) -> Cost:
    if ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("This kernel lets nobody wait for orphans: measure on Linux.")
    with log.open("wb") as output:
        started = time.perf_counter()
        head = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    scales = _Scales(head.pid) if weighed else None
    try:
        _, status = os.waitpid(head.pid, 0)
        wall = time.perf_counter() - started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(head.pid, signal.SIGTERM)
    head.returncode = os.waitstatus_to_exitcode(status)
    peak = scales.stop() if scales else 0.0
    left_behind = _wait_for_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(head.returncode, wall, used.ru_utime + used.ru_stime, peak, left_behind)


def _wait_for_orphans() -> int:
    """Until nobody is left; whoever does not go by itself is counted and ended."""
    patience = time.monotonic() + _LEAVES_WITHIN_S
    stubborn = 0
    while True:
        try:
            gone, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return stubborn
        if gone:
            continue
        if time.monotonic() > patience:
            for member in set(family(os.getpid())) - {os.getpid()}:
                stubborn += 1
                os.kill(member, signal.SIGKILL)
            patience = time.monotonic() + _LEAVES_WITHIN_S
        time.sleep(0.01)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--weigh", action="store_true")
    parser.add_argument("log", type=Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    print(json.dumps(asdict(_run(asked.command, asked.log, weighed=asked.weigh))))
