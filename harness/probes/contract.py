"""Playing the page-object contract on a target, in a pytest of its own.

Page objects are no business of `harness`: the contract is a file of scenarios, and this starts
pytest with it and reads what it noted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from harness import pytest_process
from harness.errors import ConfigurationError, InfrastructureError
from harness.gate.results import RunRecord, ScenarioRecord, fold
from harness.gate.supervise import supervise
from harness.plugin.handed_over import FILE, HandedOver
from harness.probes.observation import Observation, noted
from harness.settings import Conduct, Target
from harness.stream import FILE_NAME, read

CONTRACT: Final = Path("scenarios/contract")

#: An act that hangs takes no longer than this from the others, in seconds, all together.
_LIMIT_S: Final = 300.0
_PATIENCE_S: Final = 6.0

Fate: TypeAlias = Literal["played", "left out", "failed", "broken"]


@dataclass(frozen=True, slots=True)
class Act:
    """How one act of the contract went; `reason` is a sentence where it was not played well.

    `test` is the name of the function that it is.
    """

    name: str
    test: str
    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """All acts, and what was observed in them."""

    acts: list[Act]
    observations: list[Observation]


def play(target: Target, conduct: Conduct, folder: Path) -> Played:
    """Play the contract on `target`, within the limits of `conduct`.

    Pictures and the record of it are left in `folder`.

    Raises:
        ConfigurationError: there is no contract in this folder.
        InfrastructureError: pytest did not come to its end.
    """
    if not CONTRACT.is_dir():
        message = f"There is no {CONTRACT}/ in {Path.cwd()}; run in the project's folder."
        raise ConfigurationError(message)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="checkout-contract-") as private:
        handed = Path(private) / "handed-over.json"
        HandedOver(target, conduct).write(handed)
        log = folder / "pytest.log"
        with log.open("wb") as printed:
            ending = supervise(
                _command(folder),
                {**pytest_process.environment(os.environ), FILE: str(handed)},
                limit_s=_LIMIT_S,
                output=printed,
            )
    if ending.violent is not None:
        raise InfrastructureError(f"The contract was not played to its end. {ending.violent}")
    record = fold(read(folder / FILE_NAME)) if (folder / FILE_NAME).exists() else RunRecord()
    if record.exit_status is None or not record.scenarios:
        why = next((each.message for each in record.stopped), f"exit status {ending.status}")
        raise InfrastructureError(f"The contract could not be played: {why}; see {log}.")
    return Played([_act(each) for each in record.scenarios.values()], noted(folder))


def _command(folder: Path) -> list[str]:
    return pytest_process.command(
        str(CONTRACT),
        f"--reports={folder.resolve()}",
        f"--patience={_PATIENCE_S:g}",
        *("-p", "no:cacheprovider", "--color=no"),
    )


def _act(record: ScenarioRecord) -> Act:
    name = record.scenario.sentence.partition(":")[0]
    test = record.scenario.id.rpartition("::")[2].partition("[")[0]
    phases = record.attempts[-1].phases if record.attempts else []
    wrong = next((phase for phase in phases if phase.outcome == "failed"), None)
    if wrong is not None:
        fate: Fate = "failed" if wrong.kind == "failed" else "broken"
        return Act(name, test, fate, _first_line(wrong.message))
    skipped = next((phase for phase in phases if phase.outcome == "skipped"), None)
    if skipped is not None:
        return Act(name, test, "left out", _first_line(skipped.message))
    if not any(phase.when == "call" for phase in phases):
        return Act(name, test, "broken", "the run ended before it")
    return Act(name, test, "played")


def _first_line(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return lines[0] if lines else "no reason given"
