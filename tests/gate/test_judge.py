"""From what happened to the verdict: each rule by itself."""

from __future__ import annotations

from datetime import date

import pytest

from harness.flows import FLOWS
from harness.gate.judge import judge
from harness.gate.merge import merge
from harness.gate.policy import Policy, Quarantine, TargetPolicy, TimePolicy
from harness.gate.results import RunRecord
from harness.gate.verdict import Verdict
from tests.gate.story import LIVE, Story, identity, shard

ANY = Policy(embedded=TargetPolicy(must_run=()), live=TargetPolicy(must_run=()))
TODAY = date(2026, 3, 1)


def _judge(record: RunRecord, policy: Policy = ANY, before: Verdict | None = None) -> Verdict:
    return judge(record, policy, before=before, on=TODAY)


def _status(verdict: Verdict, name: str) -> str:
    return next(each.status for each in verdict.scenarios if each.id == identity(name))


def _quarantine(expires: date) -> Policy:
    entry = Quarantine(scenario=identity("one"), ticket="T-1", owner="payments", expires=expires)
    return ANY.model_copy(update={"quarantine": (entry,)})


def test_failed_outweighs_broken() -> None:
    """Where something is known to be wrong, the exit code is 1, whatever else is unknown."""
    story = Story().collected(one="card/paid", two="card/declined")

    verdict = _judge(story.broken("two").failed("one").finished(1))

    assert (verdict.verdict, verdict.exit_code) == ("fail", 1)
    assert verdict.flows["card/paid"].status == "failed"
    assert verdict.flows["card/declined"].status == "broken"


def test_a_failed_teardown_fails_a_passed_scenario() -> None:
    """What a scenario's end finds out (a second callback, say) counts as what its body does."""
    story = Story().collected(one="card/paid")
    story.phase("one", "setup", "passed").phase("one", "call", "passed")
    story.phase("one", "teardown", "failed", 0.1, "failed", "success fired twice")

    verdict = _judge(story.finished(1))

    assert _status(verdict, "one") == "failed"
    assert verdict.scenarios[0].reason == "success fired twice"


def test_a_scenario_without_its_end_is_missing() -> None:
    """A body that passed is not enough: its teardown had not had its say."""
    story = Story().collected(one="card/paid")
    story.phase("one", "setup", "passed").phase("one", "call", "passed")

    verdict = _judge(story.record())

    assert (_status(verdict, "one"), verdict.exit_code) == ("missing", 3)


def test_a_failed_body_without_its_end_is_failed() -> None:
    """The checkout was seen doing wrong, and being killed afterwards does not unmake that."""
    story = Story().collected(one="card/paid")
    story.phase("one", "setup", "passed").phase("one", "call", "failed", 1, "failed", "wrong")

    assert _judge(story.record()).exit_code == 1


def test_flaky_is_let_through_and_says_why() -> None:
    """A scenario that passes after an error of the machine is green, and not silently."""
    story = Story().collected(one="card/paid").rerun("one", "the browser died").passed("one")

    verdict = _judge(story.finished())

    assert (verdict.verdict, verdict.counts.flaky) == ("pass", 1)
    assert verdict.scenarios[0].attempts == 2
    assert "the browser died" in verdict.scenarios[0].reason


def test_a_rerun_that_fails_is_failed() -> None:
    """The last attempt counts: an error of the machine first excuses nothing afterwards."""
    story = Story().collected(one="card/paid").rerun("one").failed("one", "wrong amount")

    verdict = _judge(story.finished(1))

    assert verdict.scenarios[0].reason == "wrong amount"
    assert verdict.exit_code == 1


def test_an_announced_rerun_that_never_came_is_missing() -> None:
    """A run that is killed between two attempts knows nothing of the scenario."""
    story = Story().collected(one="card/paid").rerun("one")

    assert _status(_judge(story.record()), "one") == "missing"


def test_a_failure_after_the_target_was_lost_is_broken() -> None:
    """No callback comes from a checkout whose server is gone; that is not its failure."""
    story = Story().collected(one="card/paid", two="card/declined")
    story.failed("one").lost().failed("two")

    verdict = _judge(story.finished(2))

    assert (_status(verdict, "one"), _status(verdict, "two")) == ("failed", "broken")


def test_no_scenario_is_not_green() -> None:
    """A run that ran nothing does not pass."""
    verdict = _judge(Story().finished(5))

    assert (verdict.exit_code, verdict.reasons) == (3, ["No scenario was run."])


def test_all_skipped_is_not_green() -> None:
    """Such a run ends with 0 for pytest; not for the gate."""
    verdict = _judge(Story().collected(one="card/paid").skipped("one", "no").finished(0))

    assert verdict.exit_code == 3


def test_a_run_that_says_nothing_of_its_end_is_inconclusive() -> None:
    """Every scenario passed and the closing line is missing: something was lost."""
    verdict = _judge(Story().collected(one="card/paid").passed("one").record())

    assert (verdict.exit_code, verdict.reasons) == (3, ["The run did not come to its end."])


def test_wrong_usage_is_two() -> None:
    """A configuration that cannot be used is neither a failure nor bad luck."""
    verdict = _judge(Story().stopped("OTTU_API_KEY is not set.", "configuration").record())

    assert (verdict.verdict, verdict.exit_code) == ("inconclusive", 2)


def test_every_flow_must_be_shown_by_default() -> None:
    """Without a policy, the embedded sandbox has to show all of the catalogue."""
    names = {f"s{number}": name for number, name in enumerate(FLOWS)}
    story = Story().collected(**names)
    for name in names:
        story.passed(name)
    assert _judge(story.finished(), Policy()).exit_code == 0

    names.popitem()
    story = Story().collected(**names)
    for name in names:
        story.passed(name)

    verdict = _judge(story.finished(), Policy())
    assert (verdict.exit_code, verdict.counts.missing) == (3, 1)
    assert verdict.reasons == ["No scenario stands for link/bulk."]


def test_a_skipped_flow_is_let_through_only_where_the_policy_says_so() -> None:
    """What a target may lack is listed; anything else that is skipped was not shown."""
    story = Story(LIVE).collected(one="card/paid", two="session/expired")
    record = story.passed("one").skipped("two", "the target cannot do this: clock").finished()
    strict = Policy(live=TargetPolicy(must_run=("card/paid", "session/expired")))
    lenient = Policy(live=strict.live.model_copy(update={"may_lack": ("session/*",)}))

    assert _judge(record, lenient).exit_code == 0
    refused = _judge(record, strict)
    assert refused.exit_code == 3
    assert refused.reasons == [
        "session/expired must be shown, and was skipped: the target cannot do this: clock."
    ]


def test_a_flow_that_is_skipped_once_and_shown_once_is_shown() -> None:
    """A scenario that says nothing does not speak for a flow that another one proves."""
    story = Story().collected(one="card/paid", two="card/paid").passed("one")

    verdict = _judge(story.skipped("two", "no").finished())

    assert verdict.flows["card/paid"].status == "passed"


@pytest.mark.parametrize("ended", ["failed", "broken", "passed"])
def test_quarantine_holds_until_its_day_is_over(ended: str) -> None:
    """It runs and is shown, and however it ends it neither stops the run nor proves its flow."""
    story = Story().collected(one="card/paid", two="card/declined").passed("two")
    getattr(story, ended)("one")

    verdict = _judge(story.finished(), _quarantine(TODAY))

    assert (verdict.verdict, _status(verdict, "one")) == ("pass", "quarantined")
    assert "T-1, payments" in verdict.scenarios[0].reason
    assert ended in verdict.scenarios[0].reason


def test_an_expired_quarantine_is_red() -> None:
    """Even where the scenario passes: the entry has to be renewed or taken out."""
    story = Story().collected(one="card/paid").passed("one")

    verdict = _judge(story.finished(), _quarantine(date(2026, 2, 28)))

    assert verdict.exit_code == 1
    assert "its quarantine ended on 2026-02-28 (T-1, payments)" in verdict.reasons[0]
    assert _status(verdict, "one") == "passed"


def test_budgets() -> None:
    """More skipped or flaky scenarios than are let through, or a run that takes too long."""
    story = Story().collected(one="card/paid", two="card/paid", three="card/paid")
    record = story.rerun("one").passed("one", 400).skipped("two", "no").passed("three").finished()
    rule = TargetPolicy(must_run=(), max_skipped=0, max_flaky=0)

    verdict = _judge(record, Policy(embedded=rule, time=TimePolicy(run_s=300)))

    assert verdict.exit_code == 1
    assert verdict.reasons == [
        "The run took 402 s, where 300 s are let through.",
        "1 skipped, where 0 are let through.",
        "1 flaky, where 0 are let through.",
    ]


def test_slower_is_red_where_the_policy_says_so() -> None:
    """Twice as long and five seconds more than when last green, and the policy minds."""
    before = _judge(Story().collected(one="card/paid").passed("one", 6).finished())
    record = Story().collected(one="card/paid").passed("one", 13).finished()
    minding = ANY.model_copy(update={"time": TimePolicy(slower_is_red=True)})

    assert _judge(record, ANY, before).exit_code == 0
    verdict = _judge(record, minding, before)
    assert verdict.exit_code == 1
    assert "took 13.0 s, 6.0 s when last green" in verdict.reasons[0]


def test_a_narrowed_run_is_judged_on_what_was_asked_for() -> None:
    """The command that reproduces one failure can be green again, and says what it left out."""
    story = Story(narrowed="scenarios/test_it.py::one").collected(one="card/paid")

    verdict = _judge(story.passed("one").finished(), Policy())

    assert verdict.exit_code == 0
    assert list(verdict.flows) == ["card/paid"]
    assert "Only part of the scenarios was asked for" in verdict.reasons[0]


def test_what_the_browser_asked_for_cannot_do_is_said_and_stops_nothing() -> None:
    """Firefox without Apple Pay is green under a policy that wants all, and says what it lacks."""
    strict = Policy(embedded=TargetPolicy(must_run=("card/paid", "apple-pay/*"), max_skipped=0))
    others = dict.fromkeys(("one", "two"), "card/paid")
    story = Story().collected(**others).passed("one").passed("two")
    for number, flow in enumerate(name for name in FLOWS if name.startswith("apple-pay/")):
        story.beyond(f"wallet{number}", flow, "the browser cannot do this: apple_pay (Firefox)")

    verdict = _judge(story.finished(), strict)

    assert verdict.exit_code == 0
    assert verdict.flows["apple-pay/paid"].status == "skipped"
    assert "Not shown: apple-pay/paid, apple-pay/declined" in "\n".join(verdict.reasons)


def test_what_only_the_target_lacks_is_still_held_against_a_run() -> None:
    """A skip that is not the browser's doing counts as before, beside one that is."""
    strict = Policy(embedded=TargetPolicy(must_run=("card/paid",), max_skipped=0))
    story = Story().collected(one="card/paid").skipped("one", "the target cannot do this: clock")
    story.collected(two="card/declined").passed("two")
    story.beyond("three", "apple-pay/paid", "the browser cannot do this: apple_pay (Firefox)")

    verdict = _judge(story.finished(), strict)

    assert verdict.exit_code == 3
    assert "1 skipped, where 0 are let through." in verdict.reasons
    assert any("card/paid must be shown, and was skipped" in each for each in verdict.reasons)


def test_what_befell_at_the_target_is_told_and_accuses_nobody() -> None:
    """Left open, unheard, turned away: named in a green verdict, by the gate over shards too."""
    one = shard(1, 2).collected(one="card/paid").left_open("order DH-1", "No answer.").rested(2)
    two = shard(2, 2).collected(two="card/paid").left_out("webhook", "no way back").rested(1)

    verdict = _judge(merge([one.passed("one").finished(), two.passed("two").finished()]))

    assert (verdict.verdict, verdict.exit_code) == ("pass", 0)
    assert verdict.reasons == [
        "Left open at the target: order DH-1. No answer.",
        "The webhook was not heard: no way back.",
        "The target asked to be left alone for a while 3 times (429).",
    ]
