"""Each witness notices what it alone can see, and only as long as it is heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.witnesses import WITNESSES, WitnessesDisagree, agree
from harness.witnesses.bystander import Overheard
from tests.witnesses.scene import Scene

Lie = Callable[[Scene], object]


def _set(part: str, **values: object) -> Lie:
    return lambda scene: getattr(scene, part).update(values)


def _put(name: str, value: object) -> Lie:
    return lambda scene: setattr(scene, name, value)


def _drop(part: str, name: str) -> Lie:
    return lambda scene: getattr(scene, part).pop(name)


def _hear(kind: str, text: str, *, top: bool = True) -> Lie:
    said = Overheard(kind, "http://shop.test/", top, text)  # type: ignore[arg-type]  # a test's own words
    return lambda scene: scene.overheard.append(said)


#: What nobody but the witness named first can see, each in one change of the scene.
LIES: dict[str, tuple[str, Lie]] = {
    "fired twice": ("callback", lambda s: s.calls.append(s.calls[-1])),
    "not fired": ("callback", lambda s: s.calls.pop()),
    "another fired": ("callback", lambda s: s.calls.append(("error", {"message": "no"}))),
    "wrong status": ("callback", _set("payload", status="canceled")),
    "wrong type": ("callback", _set("payload", challenge_occurred="no")),
    "field nobody documented": ("callback", _set("payload", card="4508")),
    "without session": ("callback", _drop("payload", "session_id")),
    "another session": ("callback", _set("payload", session_id="6" * 40)),
    "another method": ("callback", _set("payload", form_of_payment="token_pay")),
    "challenge made up": ("callback", _set("payload", challenge_occurred=True)),
    "another message": ("callback", _set("payload", message="Thank you.")),
    "hooks swapped": ("callback", lambda s: s.calls.insert(0, s.calls.pop(1))),
    "hook skipped": ("callback", lambda s: s.calls.pop(0)),
    "callback before the hooks": ("callback", lambda s: s.calls.insert(0, s.calls.pop())),
    "fee not shown": ("screen", _put("button", "Pay (12.500 KWD)")),
    "another currency on the button": ("screen", _put("button", "Pay (12.688 USD)")),
    "rounded above": ("screen", _put("above", "12.50 KWD")),
    "two currencies": ("screen", _put("above", "12.500 USD")),
    "no order number on the way back": (
        "address",
        lambda s: setattr(s, "url", s.url.replace("A-1", "")),
    ),
    "left elsewhere": ("address", _put("url", "http://ottu.test/b/checkout/summary/1/")),
    "taken back before it was settled": ("address", _put("return_states", ["pending"])),
    "taken back twice": ("address", _put("return_states", ["paid", "paid"])),
    "webhook missing": ("webhook", _put("webhooks", 0)),
    "webhook twice": ("webhook", _put("webhooks", 2)),
    "webhook not signed": ("webhook", _put("is_signed", False)),
    "webhook with another amount": ("webhook", _set("webhook", amount="2.500")),
    "webhook before settlement": ("webhook", _set("webhook", state="pending")),
    "webhook with another result": ("webhook", _set("webhook", result="failed")),
    "webhook with less paid": ("webhook", _set("webhook", paid_amount="12.500")),
    "transaction with another state": ("transaction", _set("transaction", state="pending")),
    "transaction with another amount": ("transaction", _set("transaction", amount="1.000")),
    "transaction paid elsewhere": ("transaction", _set("transaction", settled_pg_code="knet")),
    "inquiry out of date": ("inquiry", _set("inquiry", state="pending")),
    "inquiry of another order": ("inquiry", _set("inquiry", order_no="A-2")),
    "inquiry not signed": ("inquiry", _put("inquiry_key", "another-key")),
    "charged twice": ("ledger", lambda s: s.charges.append(s.charges[0])),
    "not charged": ("ledger", lambda s: s.charges.clear()),
    "fee charged twice": ("ledger", lambda s: s.charges[0].update(amount="12.876")),
    "charged in dollars": ("ledger", lambda s: s.charges[0].update(currency_code="USD")),
    "charged unchallenged": ("ledger", lambda s: s.charges[0].update(challenge_occurred=True)),
    "private key in an answer": ("secrets", _hear("answer", "a prv_of_the_merchant b", top=False)),
    "card number in a message": ("secrets", _hear("message", "5123 4500 0000 0008")),
    "card number sent by the page": ("secrets", _hear("request", "n=5123450000000008")),
    "security code in a message": ("secrets", _hear("message", '{"cvv": "100"}')),
    "card number given to a hook": (
        "secrets",
        lambda s: s.calls[1][1].update(card={"number": "5123450000000008"}),
    ),
}


def test_witnesses_of_a_payment_that_went_well_agree(scene: Scene) -> None:
    """Where nobody lies, nothing is red."""
    agree(scene.outcome.facts, scene.statements())


@pytest.mark.parametrize("lie", LIES)
def test_what_is_wrong_is_told_by_who_saw_it(scene: Scene, lie: str) -> None:
    """One wrong detail turns the outcome red, and the message names its witness."""
    witness, happens = LIES[lie]
    happens(scene)

    with pytest.raises(WitnessesDisagree) as red:
        agree(scene.outcome.facts, scene.statements())

    assert f"{witness}: " in str(red.value)
    assert "✗" in str(red.value)


@pytest.mark.parametrize("lie", LIES)
def test_a_witness_switched_off_lets_its_lies_pass(scene: Scene, lie: str) -> None:
    """No other witness makes up for the one that saw it: switched off, the outcome is green."""
    witness, happens = LIES[lie]
    happens(scene)

    agree(scene.outcome.facts, scene.statements(without=witness))


def test_no_witness_is_idle() -> None:
    """For every witness there is something that it alone notices."""
    assert {witness for witness, _ in LIES.values()} == set(WITNESSES)


def test_a_card_number_inside_ottus_own_frame_is_no_leak(scene: Scene) -> None:
    """The card form may hold the number: that is what it is for."""
    _hear("answer", "5123450000000008", top=False)(scene)

    agree(scene.outcome.facts, scene.statements())
