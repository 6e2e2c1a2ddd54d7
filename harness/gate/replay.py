"""What failed, once more with everything recorded: for evidence, and for nothing else.

Recording a browser costs more than half of a scenario's time, so a run does without. The verdict
stands on the run that failed; whether the replay fails too is told, and changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from harness.evidence import replayed
from harness.gate import files
from harness.gate.judged import Judged
from harness.gate.supervise import supervise
from harness.safety.lock import wait_for_the_end

#: Of a checkout that is broken altogether, a few recordings say as much as all.
MOST: Final = 5

#: A replay that hangs takes no longer than this from a run, in seconds.
LIMIT_S: Final = 120.0

_REPLAYED: Final = ("failed", "broken")


def worth(judged: Judged) -> list[str]:
    """The ids of the scenarios to replay; none where the run was stopped or its target is gone."""
    if judged.run.lost is not None or judged.run.stopped:
        return []
    listed = [each.id for each in judged.bad() if each.status in _REPLAYED]
    return listed[:MOST]


def replay(
    ids: Sequence[str], command: Sequence[str], reports: Path, environment: Mapping[str, str]
) -> None:
    """Run the scenarios again by `command` (pytest's, for the folder of replays in `reports`).

    What was recorded is hung into the results of the first run. Says on standard output how each
    went; nothing that befalls a replay is raised.
    """
    print(f"\nReplaying {len(ids)} for evidence; the verdict stands.", flush=True)  # noqa: T201
    only = [f"--replayed={each}" for each in ids]
    quiet = ["--numprocesses=0", "--infrastructure-reruns=0", "-q", "--no-header", "--tb=no"]
    supervise([*command, *quiet, *only], environment, limit_s=LIMIT_S)
    wait_for_the_end(reports / files.REPLAY)
    try:
        told = replayed.hang_in(reports / files.REPLAY / files.RESULTS, reports / files.RESULTS)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"What the replay recorded could not be added: {error}\n")
        return
    for sentence in told:
        print(sentence, flush=True)  # noqa: T201
