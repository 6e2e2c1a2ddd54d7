"""What an audit found: which defects were noticed, by whom, and which scenarios notice nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel

from harness.audit.pair import Pair
from harness.powers import KnownDefect


class Detector(BaseModel):
    """A scenario that noticed a defect, and the first thing it said."""

    scenario: str
    flow: str
    reason: str


class Apart(BaseModel):
    """A run that says nothing: broken, timed out, or noticed by a flow that does not claim it."""

    scenario: str
    why: str
    reason: str


class Finding(BaseModel):
    """One defect."""

    id: str
    sentence: str
    place: str
    severity: str
    flows: list[str]
    verdict: Literal["killed", "survived"]
    detectors: list[Detector]
    apart: list[Apart]


class Watch(BaseModel):
    """One scenario, with the ids of the defects it noticed."""

    id: str
    flow: str
    kills: list[str]


class Findings(BaseModel):
    """The whole audit, as `audit.json` holds it.

    `control` are the control runs that did not pass; `without` the witnesses switched off.
    """

    killed: int
    survived: int
    runs: int
    duration_s: float
    without: list[str]
    control: list[Pair]
    defects: list[Finding]
    scenarios: list[Watch]

    @property
    def is_green(self) -> bool:
        """Whether every defect was killed, and nothing else went red."""
        return not self.control and not self.survived and bool(self.defects)

    @property
    def idle_scenarios(self) -> list[str]:
        """Scenarios that noticed nothing."""
        return [each.id for each in self.scenarios if not each.kills]


def find(
    defects: Sequence[KnownDefect],
    pairs: Iterable[Pair],
    *,
    duration_s: float,
    without: Sequence[str],
) -> Findings:
    """Put the pairs of all sessions together."""
    ran = [pair for pair in pairs if pair.verdict not in ("left out", "skipped")]
    findings = [
        _finding(each, [pair for pair in ran if pair.defect == each.id]) for each in defects
    ]
    flows = {pair.scenario: pair.flow for pair in ran}
    kills: dict[str, list[str]] = {scenario: [] for scenario in flows}
    for finding in findings:
        for detector in finding.detectors:
            kills[detector.scenario].append(finding.id)
    killed = sum(each.verdict == "killed" for each in findings)
    return Findings(
        killed=killed,
        survived=len(findings) - killed,
        runs=len(ran),
        duration_s=round(duration_s, 1),
        without=list(without),
        control=[pair for pair in ran if pair.is_control and pair.verdict != "passed"],
        defects=findings,
        scenarios=[Watch(id=name, flow=flows[name], kills=kills[name]) for name in sorted(flows)],
    )


def _finding(defect: KnownDefect, pairs: Sequence[Pair]) -> Finding:
    detectors, apart = [], []
    for pair in pairs:
        if pair.verdict == "passed":
            continue
        if pair.verdict == "noticed" and pair.flow in defect.flows:
            detectors.append(
                Detector(scenario=pair.scenario, flow=pair.flow, reason=_first(pair.reason))
            )
        else:
            why = "collateral" if pair.verdict == "noticed" else pair.verdict
            apart.append(Apart(scenario=pair.scenario, why=why, reason=_first(pair.reason)))
    return Finding(
        id=defect.id,
        sentence=defect.sentence,
        place=defect.place,
        severity=defect.severity,
        flows=list(defect.flows),
        verdict="killed" if detectors else "survived",
        detectors=detectors,
        apart=apart,
    )


def _first(reason: str) -> str:
    return reason.strip().partition("\n")[0]
