"""One pytest session of an audit, run as a child process that tells of every pair."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from harness import pytest_process
from harness.audit.pair import Pair
from harness.audit.plan import Plan
from harness.audit.tally import Tally
from harness.errors import InfrastructureError

_STOPS_WITHIN_S: Final = 10.0
#: What pytest answers when it came to its end: all passed, some failed, nothing collected.
_CAME_TO_ITS_END: Final = (0, 1, 5)


def run(
    plan: Callable[[Path, int], Plan],
    options: Sequence[str],
    log: Path,
    heard: Callable[[Pair], None],
    total: Callable[[int], None],
) -> None:
    """Run the session that `plan` makes (given a folder and a descriptor) to its end.

    `total` is called with the number of pairs, `heard` with each as soon as it is over. What
    pytest prints goes to `log`.

    Raises:
        InfrastructureError: pytest did not come to its end.
    """
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory(prefix="checkout-audit-") as name, log.open("wb") as printed:
        made = plan(Path(name), writing)
        for pair in made.noticed:
            Tally(made.tally).note(*pair)
        file = Path(name) / "plan.json"
        file.write_text(made.model_dump_json(), encoding="utf-8")
        command = pytest_process.command("-o", "testpaths=scenarios")
        child = subprocess.Popen(  # noqa: S603 -- our own command
            [*command, f"--audit={file}", *options],
            env=pytest_process.environment(os.environ),
            stdin=subprocess.PIPE,  # the leash: closes when this process ends, however
            stdout=printed,
            stderr=subprocess.STDOUT,
            pass_fds=(writing,),
            start_new_session=True,
        )
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="utf-8") as lines:
                for line in lines:
                    if line.strip().isdigit():
                        total(int(line))
                    else:
                        heard(Pair.model_validate_json(line))
            status = child.wait()
        finally:
            _end(child)
    if status not in _CAME_TO_ITS_END:
        raise InfrastructureError(f"pytest ended with exit status {status}; see {log}.")


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no process behind, whatever became of this one."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(_STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    if child.stdin is not None:
        child.stdin.close()
