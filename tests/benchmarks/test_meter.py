"""What a run costs is counted whole, or a runner that hides its work would win."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from meter import measure

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the meter reads Linux's /proc")

_ORPHAN_AT_WORK = """
import os, time

def work(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass

away, gone = os.pipe()
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
        os.write(gone, b"x")
        work(0.3)
    os._exit(0)
os.wait()
os.read(away, 1)  # what is still in the command's own group when it ends is ended with it
"""


def test_the_work_of_a_process_whose_starter_is_gone_counts(tmp_path: Path) -> None:
    """An orphan in a session of its own, outliving the command, is in the processor time."""
    command = [sys.executable, "-I", "-c", _ORPHAN_AT_WORK]

    cost = measure(command, tmp_path / "log", environment=os.environ, folder=tmp_path)

    assert cost.exit_code == 0
    assert cost.cpu_s >= 0.3
    assert cost.left_behind == 0


def test_memory_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    """What a child holds counts, though its parent holds nothing."""
    child = "import time; held = b'x' * (80 << 20); time.sleep(1.2)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', {child!r}])"

    cost = measure(
        [sys.executable, "-I", "-c", parent],
        tmp_path / "log",
        environment=os.environ,
        folder=tmp_path,
        weighed=True,
    )

    assert cost.peak_mib > 80
