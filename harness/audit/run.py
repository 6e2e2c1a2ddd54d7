"""`audit`: control runs, then every defect against the scenarios that must notice it."""

from __future__ import annotations

import fnmatch
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from harness.audit import record, session
from harness.audit.findings import Findings, find
from harness.audit.pair import Pair
from harness.audit.plan import Plan, Planted
from harness.embedded import EmbeddedSandbox
from harness.errors import ConfigurationError
from harness.powers import KnownDefect, Sandbox

CONTROLS: Final = 2
LOG: Final = "pytest.log"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an audit.

    Attributes:
        only: ids of defects, with `*` for any; empty: all.
        without: witnesses to switch off.
        exhaustive: look for every detector of every defect.
        patience_s: how long a scenario waits for what never comes.
        workers: browsers side by side.
        fresh: do not go on with an audit that was interrupted.
        controls: how often all scenarios run without a defect first.
        claims_only: do not try survivors on the scenarios of other flows.
        reports: folder for what is left behind.
    """

    only: Sequence[str] = ()
    without: Sequence[str] = ()
    exhaustive: bool = False
    patience_s: float = 4.0
    workers: int = 0
    fresh: bool = False
    controls: int = CONTROLS
    claims_only: bool = False
    reports: Path = Path("reports/audit")


class Progress(Protocol):
    """Hears how far an audit is."""

    def stage(self, name: str) -> None:
        """Another part of it begins."""

    def total(self, runs: int) -> None:
        """Of how many runs that part consists at most."""

    def heard(self, pair: Pair) -> None:
        """A run is over."""


def audit(wish: Wish, progress: Progress) -> Findings:
    """Run an audit to its end.

    Raises:
        ConfigurationError: there are no scenarios here, or no defect is called so.
        InfrastructureError: pytest or the sandbox failed.
    """
    if not Path("scenarios").is_dir():
        raise ConfigurationError(
            f"There is no scenarios/ in {Path.cwd()}; run in the project's folder."
        )
    wish.reports.mkdir(parents=True, exist_ok=True)
    defects = chosen(catalogue(wish.reports), wish.only)
    asked = [*sorted(each.id for each in defects), *wish.without, str(wish.exhaustive)]
    book = record.Record(wish.reports, record.fingerprint(Path.cwd(), asked), fresh=wish.fresh)
    started = time.monotonic()

    def heard(pair: Pair) -> None:
        book.add(pair)
        progress.heard(pair)

    def stage(name: str, *, controls: int = 0, planted: Sequence[Planted] = ()) -> None:
        done = frozenset((p.defect, p.scenario) for p in book.pairs if p.verdict != "left out")
        noticed = frozenset((p.defect, p.scenario) for p in book.pairs if p.verdict == "noticed")
        progress.stage(name)

        def plan(tally: Path, events: int) -> Plan:
            return Plan(
                controls=controls,
                defects=tuple(planted),
                exhaustive=wish.exhaustive,
                done=done,
                noticed=noticed,
                tally=tally,
                events=events,
            )

        session.run(plan, _options(wish), wish.reports / LOG, heard, progress.total)

    def result() -> Findings:
        spent = time.monotonic() - started
        return find(defects, book.pairs, duration_s=spent, without=wish.without)

    if wish.controls:
        stage("control", controls=wish.controls)
        if result().control:
            return result()
    stage("defects", planted=[Planted(id=each.id, flows=each.flows) for each in defects])
    survivors = [each.id for each in result().defects if each.verdict == "survived"]
    if survivors and not wish.claims_only:
        stage("survivors, whole suite", planted=[Planted(id=i, flows=None) for i in survivors])
    book.finish()
    return result()


def catalogue(folder: Path) -> list[KnownDefect]:
    """Every defect of the embedded sandbox."""
    embedded = EmbeddedSandbox(folder / "sandbox.log")
    try:
        target = embedded.ready()
        asked = Sandbox(target.base_url, target.api_key)
        try:
            return asked.catalogue()
        finally:
            asked.close()
    finally:
        embedded.stop()


def chosen(defects: Sequence[KnownDefect], only: Sequence[str]) -> list[KnownDefect]:
    """Those of the defects that were asked for.

    Raises:
        ConfigurationError: nothing is called so.
    """
    for wanted in only:
        if not any(fnmatch.fnmatchcase(each.id, wanted) for each in defects):
            known = ", ".join(each.id for each in defects)
            raise ConfigurationError(f"No defect is called {wanted!r}; there are {known}.")
    return [
        each
        for each in defects
        if not only or any(fnmatch.fnmatchcase(each.id, wanted) for wanted in only)
    ]


def _options(wish: Wish) -> list[str]:
    workers = wish.workers or len(os.sched_getaffinity(0)) + 1
    return [
        f"--patience={wish.patience_s:g}",
        f"--reports={(wish.reports / 'session').resolve()}",
        f"--numprocesses={workers}",
        "--maxschedchunk=1",
        "--quiet",
        *(f"--without-witness={each}" for each in wish.without),
    ]
