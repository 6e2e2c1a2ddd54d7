"""`run`: pytest under supervision, and a verdict whatever becomes of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from harness import pytest_process
from harness.errors import ConfigurationError, InfrastructureError
from harness.evidence.noted import noting
from harness.gate import files, policy, replay
from harness.gate.compare import compare, load_last_green
from harness.gate.judge import judge, today
from harness.gate.judged import Judged
from harness.gate.results import RunRecord, fold
from harness.gate.supervise import Ending, supervise
from harness.gate.verdict import Counts, Verdict
from harness.redaction import NOTED_IN
from harness.safety.journal import FILE_NAME as SESSIONS
from harness.safety.journal import Journal, Session
from harness.safety.lock import wait_for_the_end
from harness.stream import FILE_NAME, Event, LeftOpen, Stopped, append, read

if TYPE_CHECKING:
    from harness.evidence import allure_report

SCENARIOS = Path("scenarios")

#: More browsers than this wait for the one sandbox rather than for a core.
_MOST_WORKERS = 8

# Named by number: importing pytest takes longer than everything else this process does.
_PYTEST_USAGE_ERROR = 4

#: On two cores three to six are equally fast, two are slower (docs/performance.md).
LANES = 4

_DISTRIBUTION = ("--lanes", "-n", "--numprocesses", "--dist", "--pdb", "--trace", "-d")


def run(
    arguments: Sequence[str],
    reports: Path,
    policy_file: Path | None = None,
    last_green: Path | None = None,
    *,
    report: bool = True,
    evidence: bool = True,
) -> int:
    """Run scenarios and judge them; `arguments` go to pytest.

    Everything is left behind in `reports`; without `report`, the Allure page is not made, and
    without `evidence`, what failed is not replayed. Gives the exit code of the verdict.

    Raises:
        ConfigurationError: there are no scenarios here, or the policy, the last green verdict
            or the reports folder cannot be used; nothing has been run then.
    """
    if not SCENARIOS.is_dir():
        message = f"There is no {SCENARIOS}/ in {Path.cwd()}; run in the project's folder."
        raise ConfigurationError(message)
    rules = policy.load(policy_file)
    before = load_last_green(last_green)
    files.clear(reports)
    files.write(reports / files.VERDICT, _unfinished().model_dump_json(indent=2) + "\n")
    with noting() as noted, ExitStack() as stack:
        page: allure_report.Page | None = None

        def get_ready() -> None:
            """For what comes after the run, while it lasts."""
            nonlocal page
            from harness.evidence import allure_report  # noqa: PLC0415

            page = stack.enter_context(allure_report.Page()) if report else None
            import_module("harness.gate.publish")

        environment = {**pytest_process.environment(os.environ), NOTED_IN: str(noted.path)}
        command = _pytest(arguments, reports, rules)
        ending = supervise(command, environment, meanwhile=get_ready)
        wait_for_the_end(reports)
        record = _record(reports / FILE_NAME, ending)
        verdict = judge(record, rules, before=before)
        changes = compare(verdict, before, rules.time) if before else []
        judged = Judged(record, verdict, changes)
        again = replay.worth(judged) if evidence else []
        if again:
            # Whatever becomes of the replay, this verdict stands.
            _keep(verdict, reports)
            command = _pytest(arguments, reports / files.REPLAY, rules)
            replay.replay(again, command, reports, environment)
        from harness.gate import publish  # noqa: PLC0415 -- here by now

        results = [reports / files.RESULTS]
        return publish.publish(judged, reports, results, page, secrets=noted.secrets())


def _keep(verdict: Verdict, reports: Path) -> None:
    try:
        files.write(reports / files.VERDICT, verdict.model_dump_json(indent=2) + "\n")
    except InfrastructureError as error:
        sys.stderr.write(f"{error.message}\n")


def _pytest(arguments: Sequence[str], reports: Path, rules: policy.Policy) -> list[str]:
    command = pytest_process.command(
        *("-o", f"testpaths={SCENARIOS}"),  # the folder to run where no path is given
        f"--reports={reports.resolve()}",
        f"--infrastructure-reruns={rules.infrastructure_reruns}",
        f"--alluredir={reports / files.RESULTS}",
        *(f"--quarantined={entry.ticket} {entry.scenario}" for entry in rules.holding(today())),
    )
    return [*command, *_workers(arguments), *arguments]


def _workers(arguments: Sequence[str]) -> list[str]:
    """Enough to keep every core busy, unless the caller decided, or one scenario is all there is.

    A process with its lanes keeps two cores busy, and costs as much to start as two scenarios. So
    on two cores pytest has no worker, and runs the lanes itself.
    """
    decided = any(each.startswith(_DISTRIBUTION) for each in arguments)
    single = sum("::" in each for each in arguments) == 1
    if decided or single:
        return []
    lanes = f"--lanes={LANES}"
    workers = min(len(os.sched_getaffinity(0)) // 2, _MOST_WORKERS)
    if workers <= 1:
        return [lanes]
    return [f"--numprocesses={workers}", lanes, "--dist=worksteal"]


def _record(stream: Path, ending: Ending) -> RunRecord:
    """What the run left behind, and what only its supervisor saw: how it ended."""
    events = list(read(stream))
    record = fold(events)
    added = _left_open(stream)
    last = _how_it_ended(record, ending)
    added += [last] if last is not None else []
    for event in added:
        try:
            append(stream, event)
        except InfrastructureError as error:
            sys.stderr.write(f"{error.message}\n")
    return fold([*events, *added])


def _left_open(stream: Path) -> list[Event]:
    sessions = Journal(stream.with_name(SESSIONS)).open_sessions()
    return [LeftOpen(what=each.name, reason=_fate(each)) for each in sessions]


def _fate(session: Session) -> str:
    said = session.reason or "Nobody was left to close it."
    if session.lifetime is None:
        return said
    return f"{said} It expires by itself {session.lifetime} after {session.asked:%H:%M:%S} UTC."


def _how_it_ended(record: RunRecord, ending: Ending) -> Stopped | None:
    if ending.violent is not None:
        return Stopped(kind="broken", message=ending.violent)
    if record.exit_status is not None or record.stopped:
        return None
    if ending.status == _PYTEST_USAGE_ERROR:
        message = "pytest could not begin with these options or files; it says why above."
        return Stopped(kind="configuration", message=message)
    message = f"pytest itself failed, with exit status {ending.status}; it says why above."
    return Stopped(kind="broken", message=message)


def _unfinished() -> Verdict:
    """What stands in `verdict.json` while a run is under way, and stays if it never ends."""
    return Verdict(
        verdict="inconclusive",
        exit_code=3,
        reasons=["The run did not come to its end."],
        started=datetime.now(UTC),
        duration_s=0.0,
        counts=Counts(),
        flows={},
        scenarios=[],
    )
