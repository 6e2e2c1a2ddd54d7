"""How many sessions, and how fast, whichever process asks."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.errors import BeyondLimits
from harness.safety.turnstile import Turnstile

#: Enters as often as it may, and tells how often that was.
GREEDY = """
import sys
from pathlib import Path
from harness.errors import BeyondLimits
from harness.safety.turnstile import Turnstile

turnstile, entered = Turnstile(Path(sys.argv[1]), cap=int(sys.argv[2])), 0
while True:
    try:
        turnstile.enter()
    except BeyondLimits:
        break
    entered += 1
print(entered)
"""


def test_a_cap_holds_over_processes(tmp_path: Path) -> None:
    """Four processes that all want more get exactly as many as there are, together."""
    command = [sys.executable, "-c", GREEDY, str(tmp_path / "turnstile"), "97"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    entered = [int(process.communicate(timeout=60)[0]) for process in processes]

    assert sum(entered) == 97


def test_turns_are_apart(tmp_path: Path) -> None:
    """At 20 a second, the fifth comes no sooner than a fifth of a second after the first."""
    one, another = (Turnstile(tmp_path / "turnstile", per_second=20) for _ in range(2))
    one.enter()
    begun = time.monotonic()

    for turnstile in (another, one, another, one):
        turnstile.enter()

    assert time.monotonic() - begun >= 0.199


def test_a_rest_is_everybodys(tmp_path: Path) -> None:
    """When one was told to wait, another waits too."""
    one, another = (Turnstile(tmp_path / "turnstile") for _ in range(2))
    begun = time.monotonic()
    one.rest(0.3)

    another.wait()

    assert time.monotonic() - begun >= 0.3
    assert another.rests == 1


def test_nobody_enters_after_the_end(tmp_path: Path) -> None:
    """A worker that outlives its run makes nothing that nobody would close."""
    Turnstile(tmp_path / "turnstile").shut()

    with pytest.raises(BeyondLimits, match="The run is over"):
        Turnstile(tmp_path / "turnstile").enter()
