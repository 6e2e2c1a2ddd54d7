"""The checklist: what was found of each rule, and what follows from all of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ValidationError

from harness.errors import HarnessError, InfrastructureError
from harness.gate import files
from harness.integration.rule import Judgement, Rule, Verdict
from harness.integration.rules import RULES
from harness.redaction import redactor

FILE: Final = "integration.json"

#: What is known of a rule grows in this order: a visit that could not check it takes nothing away.
_WEIGHT: Final[dict[Verdict, int]] = {"unchecked": 0, "held": 1, "broken": 2}


class Finding(BaseModel):
    """What was found of one rule; `evidence` says by what, or why it could not be checked."""

    rule: str
    verdict: Verdict
    demand: str
    source: str
    evidence: str
    required: bool


class Stop(BaseModel):
    """What ended the visits before their time, and the exit code that follows."""

    message: str
    exit_code: int


class Checklist(BaseModel):
    """The findings about one merchant page, one for each rule.

    `verdict` is "right" when no rule is broken and every required one was checked, "wrong" when
    one is broken, "inconclusive" when the page, the browser or the run gave no answer.
    """

    url: str
    verdict: Literal["right", "wrong", "inconclusive"] = "inconclusive"
    exit_code: int = 3
    reason: str = "The page has not been looked at to the end."
    ottu: str | None = None
    findings: list[Finding]
    stop: Stop | None = None

    @classmethod
    def begun(cls, url: str) -> Checklist:
        """One in which nothing has been checked."""
        nothing = Judgement("unchecked", "no visit came to it")
        return cls(url=url, findings=[_finding(rule, nothing) for rule in RULES.values()])

    def note(self, rule: Rule, judgement: Judgement) -> Finding:
        """Add what a visit said of a rule; gives what is known of it now."""
        place = next(n for n, each in enumerate(self.findings) if each.rule == rule.id)
        known = self.findings[place]
        if judgement.verdict == known.verdict != "unchecked":
            told = dict.fromkeys([*known.evidence.split("; "), *judgement.evidence.split("; ")])
            judgement = replace(judgement, evidence="; ".join(told))
        if _WEIGHT[judgement.verdict] >= _WEIGHT[known.verdict]:
            self.findings[place] = known = _finding(rule, judgement)
        return known

    def stopped_by(self, error: HarnessError) -> None:
        """The visits cannot go on."""
        self.stop = Stop(message=redactor.text(error.message), exit_code=error.exit_code)

    def conclude(self) -> None:
        """Say what follows from the findings; to be called after the last visit."""
        broken = [each.rule for each in self.findings if each.verdict == "broken"]
        open_ = [f.rule for f in self.findings if f.required and f.verdict == "unchecked"]
        if self.stop is not None and (not broken or self.stop.exit_code == 2):
            self.verdict, self.exit_code = "inconclusive", self.stop.exit_code
            self.reason = self.stop.message
        elif broken:
            self.verdict, self.exit_code = "wrong", 1
            self.reason = f"Broken: {', '.join(broken)}."
        elif open_:
            self.verdict, self.exit_code = "inconclusive", 3
            self.reason = f"Nothing is broken, but these could not be checked: {', '.join(open_)}."
        else:
            self.verdict, self.exit_code = "right", 0
            self.reason = "The page is wired as Ottu documents it."

    def write(self, reports: Path) -> None:
        """Leave it in `reports`, whole or not at all."""
        files.write(reports / FILE, redactor.text(self.model_dump_json(indent=2)) + "\n")

    @classmethod
    def read(cls, reports: Path) -> Checklist:
        """The one that a run left. Raises InfrastructureError where there is none."""
        try:
            return cls.model_validate_json((reports / FILE).read_text("utf-8"))
        except (OSError, ValidationError) as error:
            message = f"{reports / FILE} cannot be read ({type(error).__name__})."
            raise InfrastructureError(message) from None


def _finding(rule: Rule, judgement: Judgement) -> Finding:
    return Finding(
        rule=rule.id,
        verdict=judgement.verdict,
        demand=rule.demand,
        source=rule.source,
        evidence=redactor.text(judgement.evidence),
        required=rule.required,
    )
