"""A run's record, told event by event with a clock of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Self

from harness.gate.results import RunRecord, fold
from harness.stream import (
    Collected,
    Event,
    Finished,
    Kind,
    LeftOpen,
    LeftOut,
    Phase,
    Rested,
    RunStarted,
    Scenario,
    Shard,
    Stopped,
    TargetKnown,
    TargetLost,
)

EMBEDDED = {"name": "embedded sandbox", "embedded": True}
LIVE = {"name": "sandbox.ottu.net", "embedded": False}


class Story:
    def __init__(self, target: dict[str, Any] | None = None, **started: Any) -> None:  # noqa: ANN401
        self._now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
        self.events: list[Event] = []
        started.setdefault("seed", 7)
        started.setdefault("options", ["--seed=7"])
        self._tell(RunStarted(at=self._now, **started))
        self._tell(TargetKnown(at=self._now, target=target or EMBEDDED))

    def collected(self, **flows: str) -> Self:
        """Scenarios by the name of their function; a flow's slash is written as two strokes."""
        return self._tell(
            Collected(
                at=self._now,
                scenarios=[
                    Scenario(
                        id=identity(name),
                        flow=flow,
                        sentence=f"The sentence of {name}.",
                    )
                    for name, flow in flows.items()
                ],
            )
        )

    def beyond(self, name: str, flow: str, why: str) -> Self:
        """A scenario that the browser asked for cannot do: collected, and skipped."""
        scenario = Scenario(id=identity(name), flow=flow, beyond=why)
        return self._tell(Collected(at=self._now, scenarios=[scenario])).skipped(name, why)

    def passed(self, name: str, seconds: float = 1.0) -> Self:
        self.phase(name, "setup", "passed", 0.0)
        self.phase(name, "call", "passed", seconds)
        return self.phase(name, "teardown", "passed", 0.0)

    def failed(self, name: str, message: str = "wrong", kind: Kind = "failed") -> Self:
        self.phase(name, "setup", "passed", 0.0)
        self.phase(name, "call", "failed", 1.0, kind, message)
        return self.phase(name, "teardown", "passed", 0.0)

    def broken(self, name: str, message: str = "nobody answers") -> Self:
        return self.failed(name, message, "broken")

    def rerun(self, name: str, message: str = "a hiccup") -> Self:
        self.phase(name, "setup", "rerun", 0.5, "broken", message)
        return self.phase(name, "teardown", "passed", 0.0)

    def skipped(self, name: str, why: str) -> Self:
        self.phase(name, "setup", "skipped", 0.0, None, why)
        return self.phase(name, "teardown", "passed", 0.0)

    def phase(
        self,
        name: str,
        when: Any,  # noqa: ANN401
        outcome: str,
        seconds: float = 0.0,
        kind: Kind | None = None,
        message: str = "",
    ) -> Self:
        started = self._now
        self._now += timedelta(seconds=seconds)
        return self._tell(
            Phase(
                at=self._now,
                id=identity(name),
                when=when,
                outcome=outcome,
                duration_s=seconds,
                started=started,
                kind=kind,
                message=message,
                details=f"Traceback of {message}" if kind else "",
            )
        )

    def lost(self, message: str = "The embedded sandbox died.") -> Self:
        return self._tell(TargetLost(at=self._now, message=message))

    def stopped(self, message: str, kind: Kind = "broken") -> Self:
        return self._tell(Stopped(at=self._now, kind=kind, message=message))

    def left_open(self, what: str, reason: str) -> Self:
        return self._tell(LeftOpen(at=self._now, what=what, reason=reason))

    def left_out(self, witness: str, reason: str) -> Self:
        return self._tell(LeftOut(at=self._now, witness=witness, reason=reason))

    def rested(self, times: int) -> Self:
        return self._tell(Rested(at=self._now, times=times))

    def finished(self, status: int = 0) -> RunRecord:
        self._tell(Finished(at=self._now, exit_status=status))
        return self.record()

    def record(self) -> RunRecord:
        return fold(self.events)

    def _tell(self, event: Event) -> Self:
        self.events.append(event)
        return self


def identity(name: str) -> str:
    return f"scenarios/test_it.py::{name}"


def shard(index: int, count: int, **started: Any) -> Story:  # noqa: ANN401
    return Story(shard=Shard(index=index, count=count), **started)
