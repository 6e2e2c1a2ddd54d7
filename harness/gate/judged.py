"""A verdict together with what it was made from, for whoever tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.gate import reproduce
from harness.gate.results import RunRecord, ScenarioRecord
from harness.gate.verdict import ScenarioVerdict, Verdict

#: Statuses that a reader has to do something about.
BAD = ("failed", "broken", "missing")


@dataclass(frozen=True, slots=True)
class Judged:
    """A run, the verdict on it, and how it compares with the last green one.

    `changes` are sentences, empty where there is nothing to compare with or nothing changed.
    """

    run: RunRecord
    verdict: Verdict
    changes: list[str] = field(default_factory=list)

    def bad(self) -> list[ScenarioVerdict]:
        """The scenarios that keep the run from being green, worst first."""
        listed = [each for each in self.verdict.scenarios if each.status in BAD]
        return sorted(listed, key=lambda each: BAD.index(each.status))

    def record(self, scenario: ScenarioVerdict) -> ScenarioRecord:
        """What was seen of a scenario."""
        return self.run.scenarios[scenario.id]

    def sentence(self, scenario: ScenarioVerdict) -> str:
        """What the scenario proves, in its own words, or its id."""
        return self.record(scenario).scenario.sentence or scenario.id

    def details(self, scenario: ScenarioVerdict) -> str:
        """The traceback of what went wrong in the last attempt, empty where there is none."""
        attempts = self.record(scenario).attempts
        wrong = attempts[-1].wrong if attempts else []
        return next((phase.details for phase in wrong if phase.details), "")

    def command(self, scenario: ScenarioVerdict) -> str:
        """What to type to run it again in the same way."""
        return reproduce.command(scenario.id, self.record(scenario).options)
