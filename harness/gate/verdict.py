"""The verdict on a run, as it is written to `verdict.json`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Status = Literal["passed", "flaky", "failed", "broken", "quarantined", "skipped", "missing"]

#: Worst first. A flow is as good as the worst of its scenarios, but a scenario that says nothing
#: (skipped, or in quarantine) does not speak for a flow that another one proves.
STATUSES: tuple[Status, ...] = (
    "failed",
    "broken",
    "missing",
    "flaky",
    "passed",
    "quarantined",
    "skipped",
)

Word = Literal["pass", "fail", "inconclusive"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ScenarioVerdict(_Part):
    """One scenario. `attempts` counts tries; `reason` is empty where there is nothing to say."""

    id: str
    flow: str
    status: Status
    duration_s: float
    attempts: int
    reason: str = ""


class FlowVerdict(_Part):
    """One promise of the checkout, and the scenarios that stand for it."""

    status: Status
    scenarios: list[str]


class Counts(_Part):
    """Scenarios by status; a flow that no scenario stands for counts as one missing."""

    passed: int = 0
    flaky: int = 0
    failed: int = 0
    broken: int = 0
    quarantined: int = 0
    skipped: int = 0
    missing: int = 0


class Verdict(_Part):
    """What the gate says of a run; durations are in seconds."""

    verdict: Word
    exit_code: int
    reasons: list[str]
    target: dict[str, Any] = Field(default_factory=dict)
    started: AwareDatetime
    duration_s: float
    counts: Counts
    flows: dict[str, FlowVerdict]
    scenarios: list[ScenarioVerdict]


def worst(statuses: list[Status]) -> Status:
    """The status of a flow whose scenarios have these; missing where there are none."""
    return min(statuses, key=STATUSES.index, default="missing")
