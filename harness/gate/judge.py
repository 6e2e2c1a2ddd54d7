"""From the record of a run to the verdict on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from harness.flows import FLOWS
from harness.gate.compare import slower
from harness.gate.policy import Policy, TargetPolicy, TimePolicy
from harness.gate.results import Attempt, RunRecord, ScenarioRecord
from harness.gate.verdict import (
    Counts,
    FlowVerdict,
    ScenarioVerdict,
    Status,
    Verdict,
    Word,
    worst,
)
from harness.stream import Phase

_MOST_NAMES = 5


@dataclass(slots=True)
class Reasons:
    """Why a run is not let through, by what follows from it."""

    wrong: list[str] = field(default_factory=list)
    usage: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def settle(self) -> tuple[Word, int]:
        """The word and the exit code; what is known to be wrong outweighs what is not known."""
        if self.wrong:
            return "fail", 1
        if self.usage:
            return "inconclusive", 2
        if self.unknown:
            return "inconclusive", 3
        return "pass", 0

    def listed(self) -> list[str]:
        """All of them, what decided first."""
        return list(dict.fromkeys([*self.wrong, *self.usage, *self.unknown, *self.remarks]))


def today() -> date:
    """The day by which quarantine entries end: the same on every machine, UTC's."""
    return datetime.now(UTC).date()


def judge(
    run: RunRecord,
    policy: Policy,
    *,
    before: Verdict | None = None,
    on: date | None = None,
) -> Verdict:
    """The verdict on one run.

    `before` is the verdict on the last green run, for the time a scenario may take; `on` is the
    day that decides which quarantine entries still hold (default: today).
    """
    day = on or today()
    reasons = Reasons()
    scenarios = [_scenario(record) for record in run.scenarios.values()]
    scenarios = [_quarantined(each, policy, day, reasons) for each in scenarios]
    rule = policy.on(run.target)
    flows = dict(_flows(run, scenarios, rule))
    _say_ending(run, reasons)
    _say_dealings(run, reasons)
    _say_scenarios(scenarios, reasons)
    _say_browser(run, reasons)
    _say_flows(run, flows, scenarios, rule, reasons)
    _say_budgets(run, scenarios, rule, reasons)
    _say_times(run, scenarios, policy.time, before, reasons)
    word, exit_code = reasons.settle()
    counted = Counter(each.status for each in scenarios)
    counted["missing"] += sum(not flow.scenarios for flow in flows.values())
    return Verdict(
        verdict=word,
        exit_code=exit_code,
        reasons=reasons.listed(),
        target=run.target,
        started=run.started or datetime.now(UTC),
        duration_s=round(run.duration_s, 3),
        counts=Counts.model_validate(counted),
        flows=flows,
        scenarios=scenarios,
    )


def _scenario(record: ScenarioRecord) -> ScenarioVerdict:
    status, reason = _status(record)
    return ScenarioVerdict(
        id=record.scenario.id,
        flow=record.scenario.flow,
        status=status,
        duration_s=round(record.duration_s, 3),
        attempts=len(record.attempts),
        reason=reason,
    )


def _status(record: ScenarioRecord) -> tuple[Status, str]:
    if not record.attempts:
        return "missing", "it was never begun"
    last = record.attempts[-1]
    wrong = [phase for phase in last.wrong if phase.outcome == "failed"]
    failed = [each for each in wrong if each.kind == "failed" and not record.ended_after_loss(each)]
    if failed:
        return "failed", failed[0].message
    if wrong:
        return "broken", wrong[0].message
    if not last.whole or last.wrong:  # a rerun was announced and never came
        return "missing", "it was under way when the run ended"
    skipped = next((phase for phase in last.phases if phase.outcome == "skipped"), None)
    if skipped is not None:
        return "skipped", skipped.message
    earlier = record.attempts[:-1]
    if earlier:
        return "flaky", f"passed at attempt {len(record.attempts)}, after: {_first_wrong(earlier)}"
    return "passed", ""


def _first_wrong(attempts: Sequence[Attempt]) -> str:
    phases: Iterator[Phase] = (phase for attempt in attempts for phase in attempt.wrong)
    return next((phase.message for phase in phases), "unknown")


def _quarantined(
    scenario: ScenarioVerdict, policy: Policy, day: date, reasons: Reasons
) -> ScenarioVerdict:
    entry = next((each for each in policy.quarantine if each.scenario == scenario.id), None)
    if entry is None:
        return scenario
    if entry.expired(day):
        reasons.wrong.append(
            f"{scenario.id}: its quarantine ended on {entry.expires} ({entry.ticket}, "
            f"{entry.owner}); mend it or renew the entry."
        )
        return scenario
    ended = f"{scenario.status}: {scenario.reason}" if scenario.reason else scenario.status
    reason = f"until {entry.expires}, {entry.ticket}, {entry.owner}; this time {ended}"
    return scenario.model_copy(update={"status": "quarantined", "reason": reason})


def _flows(
    run: RunRecord, scenarios: Sequence[ScenarioVerdict], rule: TargetPolicy
) -> Iterator[tuple[str, FlowVerdict]]:
    whole = run.narrowed is None and run.shard is None
    for name in FLOWS:
        mine = [each for each in scenarios if each.flow == name]
        # Where only some scenarios were asked for, the verdict is on those.
        if mine or (whole and rule.must(name)):
            status = worst([each.status for each in mine])
            yield name, FlowVerdict(status=status, scenarios=[each.id for each in mine])


def _say_ending(run: RunRecord, reasons: Reasons) -> None:
    for stopped in run.stopped:
        kind = reasons.usage if stopped.kind == "configuration" else reasons.unknown
        kind.append(stopped.message)
    for lost in run.not_collected:
        kind = reasons.usage if lost.kind == "configuration" else reasons.unknown
        kind.append(f"{lost.id or 'A file'} could not be collected: {lost.message}")
    if run.lost is not None:
        reasons.unknown.append(run.lost.message)
    elif run.probe is not None:
        reasons.remarks.append(run.probe.message)
    if run.exit_status is None and not run.stopped:
        reasons.unknown.append("The run did not come to its end.")


def _say_dealings(run: RunRecord, reasons: Reasons) -> None:
    """What befell between the run and its target; none of it says anything of the checkout."""
    for left in run.left_open:
        reasons.remarks.append(f"Left open at the target: {left.what}. {left.reason}")
    for witness in run.left_out:
        reasons.remarks.append(f"The {witness.witness} was not heard: {witness.reason}.")
    if run.rests:
        times = "once" if run.rests == 1 else f"{run.rests} times"
        reasons.remarks.append(f"The target asked to be left alone for a while {times} (429).")


def _say_scenarios(scenarios: Sequence[ScenarioVerdict], reasons: Reasons) -> None:
    for status, kind, sentence in (
        ("failed", reasons.wrong, "the checkout did the wrong thing in"),
        ("broken", reasons.unknown, "nothing is known of the checkout from"),
        ("missing", reasons.unknown, "the run ended without"),
    ):
        count = sum(each.status == status for each in scenarios)
        if count:
            kind.append(f"{count} {status}: {sentence} {_some(count)}.")
    if not scenarios and not reasons.usage and not reasons.unknown:
        reasons.unknown.append("No scenario was run.")
    elif scenarios and all(each.status in {"skipped", "quarantined"} for each in scenarios):
        reasons.unknown.append("Every scenario was skipped: nothing was shown.")


def _some(count: int) -> str:
    return "this scenario" if count == 1 else "these scenarios"


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {rest} more flows" if rest > 0 else "")


def _say_browser(run: RunRecord, reasons: Reasons) -> None:
    """What was asked of another browser than the usual one is what it can do, and no more."""
    beyond = [each.scenario for each in run.scenarios.values() if each.scenario.beyond]
    for why in dict.fromkeys(each.beyond for each in beyond):
        flows = list(dict.fromkeys(each.flow for each in beyond if each.beyond == why))
        reasons.remarks.append(f"Not shown: {_listed(flows)}: {why}.")


def _say_flows(
    run: RunRecord,
    flows: dict[str, FlowVerdict],
    scenarios: Sequence[ScenarioVerdict],
    rule: TargetPolicy,
    reasons: Reasons,
) -> None:
    if run.narrowed is not None:
        reasons.remarks.append(
            f"Only part of the scenarios was asked for ({run.narrowed}); the verdict is on those."
        )
    if run.shard is not None:
        reasons.remarks.append(
            f"This is shard {run.shard.index} of {run.shard.count}; "
            "`harness gate` judges all of them together."
        )
        return
    absent = [name for name, flow in flows.items() if not flow.scenarios]
    if absent and scenarios:
        reasons.unknown.append(f"No scenario stands for {_listed(absent)}.")
    for name, flow in flows.items():
        if flow.status == "skipped" and rule.must(name) and not rule.lack(name):
            lacking = [each for each in flow.scenarios if not run.scenarios[each].scenario.beyond]
            if not lacking:
                continue
            why = next(each.reason for each in scenarios if each.id in lacking)
            reasons.unknown.append(f"{name} must be shown, and was skipped: {why}.")


def _say_budgets(
    run: RunRecord, scenarios: Sequence[ScenarioVerdict], rule: TargetPolicy, reasons: Reasons
) -> None:
    within = [each for each in scenarios if not run.scenarios[each.id].scenario.beyond]
    counted = Counter(each.status for each in within)
    limits: dict[Status, int | None] = {"skipped": rule.max_skipped, "flaky": rule.max_flaky}
    for status, limit in limits.items():
        if limit is not None and counted[status] > limit:
            reasons.unknown.append(f"{counted[status]} {status}, where {limit} are let through.")


def _say_times(
    run: RunRecord,
    scenarios: Sequence[ScenarioVerdict],
    times: TimePolicy,
    before: Verdict | None,
    reasons: Reasons,
) -> None:
    if times.run_s is not None and run.duration_s > times.run_s:
        reasons.wrong.append(
            f"The run took {run.duration_s:.0f} s, where {times.run_s:g} s are let through."
        )
    if before is not None and times.slower_is_red:
        reasons.wrong.extend(slower(scenarios, before, times))
