"""Merchant pages written differently on purpose, and what is told of each."""

from __future__ import annotations

import pytest

from harness.integration.checklist import Checklist
from tests.integration import shops
from tests.integration.conftest import Inspection
from tests.integration.shops import Page, Twin
from tests.integration.twins import TWINS

RIGHT = [shops.LATE, shops.INJECTED, shops.ADDRESSES, shops.APP, shops.GUARDED, shops.TRUSTED]

#: What may stay open on a page whose callbacks are addresses: it has nobody to hand a receipt to.
OPEN_WITHOUT_FUNCTIONS = {"hooks-settle", "redirect-popup", "knet-receipt", "basket-unfrozen"}

OF_THE_CARD = ("test_a_declined_customer_is_told_and_can_go_on", ["cancel"])
OF_THE_PAYMENT = ("test_a_customer_who_paid_is_taken_to_the_redirect_url", ["success"])
OF_THE_FAILURE = ("test_a_failure_of_the_system_is_told", ["error"])


@pytest.mark.parametrize("page", RIGHT, ids=lambda page: page.name)
def test_a_page_that_is_wired_right_is_recorded_and_found_right(
    inspection: Inspection, page: Page
) -> None:
    """However a page brings the SDK in, it pays and cancels as ever, and every rule is held."""
    checklist = inspection.of(page)

    assert broken(checklist) == {}
    assert (checklist.verdict, checklist.exit_code) == ("right", 0), checklist.reason
    open_ = {each.rule for each in checklist.findings if each.verdict == "unchecked"}
    assert open_ == (OPEN_WITHOUT_FUNCTIONS if page is shops.ADDRESSES else set())
    for story, fired in (OF_THE_CARD, OF_THE_PAYMENT, OF_THE_FAILURE):
        visit = inspection.visits[story].visit
        assert [event.kind for event in visit.events if event.fired] == fired
        assert visit.inits[-1]["session_id"] in inspection.shops.sessions
    states = inspection.shops.states()
    assert states[-1] == "paid"
    assert states.count("paid") == 1


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_page_that_is_wired_wrongly_is_told_by_the_right_rule(
    inspection: Inspection, twin: Twin
) -> None:
    """What is wrong breaks its own rule, with evidence that names it, and no other."""
    checklist = inspection.of(twin)

    found = broken(checklist)
    assert list(found) == [twin.rule], found
    assert twin.evidence in found[twin.rule]
    assert (checklist.verdict, checklist.exit_code) == ("wrong", 1)
    assert inspection.shops.target.api_key.get_secret_value() not in checklist.model_dump_json()


def test_a_page_may_tell_of_the_redirect_in_its_own_words(inspection: Inspection) -> None:
    """What a page says itself before it is left counts as much as the SDK's popup."""
    checklist = inspection.of(shops.OWN_WORDS)

    assert (checklist.verdict, checklist.exit_code) == ("right", 0), checklist.reason
    told = next(each for each in checklist.findings if each.rule == "redirect-popup")
    assert told.evidence == "the page said 'You will pay at your bank.'"


def test_terms_are_accepted_where_the_page_asks_for_it(inspection: Inspection) -> None:
    """A page that first wants a click cannot be judged without it, and can with it."""
    refused = inspection.of(shops.TERMS)
    accepted = inspection.of(shops.TERMS, "text=I accept the terms")

    assert refused.exit_code == 3
    declined = next(each for each in refused.findings if each.rule == "cancel-told")
    assert declined.evidence == "validatePayment refused the payment (accept the terms first)"
    assert (accepted.verdict, accepted.exit_code) == ("right", 0), accepted.reason


def broken(checklist: Checklist) -> dict[str, str]:
    return {each.rule: each.evidence for each in checklist.findings if each.verdict == "broken"}
