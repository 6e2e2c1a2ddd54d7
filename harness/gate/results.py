"""What a run's record says, scenario by scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from harness.stream import (
    BrowserLost,
    Collected,
    CollectionFailed,
    Event,
    Finished,
    LeftOpen,
    LeftOut,
    Phase,
    Probed,
    Rested,
    RunStarted,
    Scenario,
    Shard,
    Stopped,
    TargetKnown,
    TargetLost,
)


@dataclass(slots=True)
class Attempt:
    """One try at a scenario: its phases, in the order in which they ended."""

    phases: list[Phase] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether it came to its end, if only by the death of its process."""
        return any(phase.when in {"teardown", "crash"} for phase in self.phases)

    @property
    def wrong(self) -> list[Phase]:
        """The phases that did not end well."""
        return [phase for phase in self.phases if phase.outcome in {"failed", "rerun"}]


@dataclass(slots=True)
class ScenarioRecord:
    """Everything that was seen of one scenario; its last attempt is the one that counts.

    `options` are those of the run, for running it again in the same way; `lost_at` is when the
    target, or the server that lent the browser, stopped answering, None where neither did.
    """

    scenario: Scenario
    options: list[str] = field(default_factory=list)
    lost_at: datetime | None = None
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def duration_s(self) -> float:
        """Seconds spent on it, all attempts together."""
        return sum(phase.duration_s for attempt in self.attempts for phase in attempt.phases)

    def ended_after_loss(self, phase: Phase) -> bool:
        """Whether target or browser was gone before this phase ended."""
        begun = phase.started or phase.at
        ended = begun + timedelta(seconds=phase.duration_s)
        return self.lost_at is not None and ended > self.lost_at

    def add(self, phase: Phase) -> None:
        """Take a phase in; a new attempt begins after one that said it would be repeated."""
        last = self.attempts[-1] if self.attempts else None
        repeated = last is not None and any(each.outcome == "rerun" for each in last.phases)
        starts = phase.when == "setup" or (phase.when == "crash" and last and last.whole)
        if last is None or (repeated and starts):
            last = Attempt()
            self.attempts.append(last)
        last.phases.append(phase)


@dataclass(slots=True)
class RunRecord:
    """Everything that was seen of one run."""

    started: datetime | None = None
    ended: datetime | None = None
    options: list[str] = field(default_factory=list)
    shard: Shard | None = None
    narrowed: str | None = None
    target: dict[str, Any] = field(default_factory=dict)
    scenarios: dict[str, ScenarioRecord] = field(default_factory=dict)
    not_collected: list[CollectionFailed] = field(default_factory=list)
    stopped: list[Stopped] = field(default_factory=list)
    lost: TargetLost | BrowserLost | None = None
    probe: Probed | None = None
    left_out: list[LeftOut] = field(default_factory=list)
    left_open: list[LeftOpen] = field(default_factory=list)
    rests: int = 0
    exit_status: int | None = None

    @property
    def duration_s(self) -> float:
        """Seconds from the first line of the record to the last."""
        known = self.started is not None and self.ended is not None
        return (self.ended - self.started).total_seconds() if known else 0.0  # type: ignore[operator]


def fold(events: Iterable[Event]) -> RunRecord:
    """The record of the run whose stream these events are, in their order."""
    run = RunRecord()
    for event in events:
        run.started = run.started or event.at
        run.ended = max(run.ended, event.at) if run.ended else event.at
        _TAKERS[type(event)](run, event)
    for record in run.scenarios.values():
        record.lost_at = run.lost.at if run.lost else None
    return run


def _started(run: RunRecord, event: RunStarted) -> None:
    run.options, run.shard, run.narrowed = event.options, event.shard, event.narrowed


def _target(run: RunRecord, event: TargetKnown) -> None:
    run.target = event.target


def _collected(run: RunRecord, event: Collected) -> None:
    for scenario in event.scenarios:
        run.scenarios.setdefault(scenario.id, ScenarioRecord(scenario, run.options))


def _phase(run: RunRecord, event: Phase) -> None:
    if event.id in run.scenarios:
        run.scenarios[event.id].add(event)


def _lost(run: RunRecord, event: TargetLost | BrowserLost) -> None:
    run.lost = run.lost or event


def _probed(run: RunRecord, event: Probed) -> None:
    run.probe = event


def _rested(run: RunRecord, event: Rested) -> None:
    run.rests += event.times


def _finished(run: RunRecord, event: Finished) -> None:
    run.exit_status = event.exit_status


_TAKERS: dict[type, Callable[[RunRecord, Any], None]] = {
    RunStarted: _started,
    TargetKnown: _target,
    Collected: _collected,
    Phase: _phase,
    CollectionFailed: lambda run, event: run.not_collected.append(event),
    Stopped: lambda run, event: run.stopped.append(event),
    TargetLost: _lost,
    BrowserLost: _lost,
    Probed: _probed,
    LeftOut: lambda run, event: run.left_out.append(event),
    LeftOpen: lambda run, event: run.left_open.append(event),
    Rested: _rested,
    Finished: _finished,
}
