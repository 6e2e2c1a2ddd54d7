"""The state machine: what no sequence of calls can bring about."""

from __future__ import annotations

from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.sandbox.installation import CARD, DECLINED, SDK, TXN, Installation, Merchant

_PGS = ["ottu-sandbox", "ottu-single-trial", "ottu-authorize", "knet-sandbox", "mpgs-sandbox"]
_CHALLENGED = {
    "number": "4508750015741019",
    "expiry_month": "01",
    "expiry_year": "39",
    "cvv": "100",
}
_TERMINAL = {"paid", "authorized", "failed", "canceled", "expired", "refunded"}
_PRICE = Decimal("9.000")


class Checkouts(RuleBasedStateMachine):
    """Merchant and customers do whatever comes to their minds, in any order."""

    sessions = Bundle("sessions")
    installation: Installation

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        self.merchant: Merchant = self.stack.enter_context(self.installation.merchant())
        self.states: dict[str, str] = {}
        self.pages: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    @rule(target=sessions, pg=st.sampled_from(_PGS), later=st.sampled_from([None, "success"]))
    def make(self, pg: str, later: str | None) -> str:
        return self.create(pg, later)

    def create(self, pg: str, later: str | None) -> str:
        extra = {"sandbox_inquiry_result": later} if later else {}
        made = self.merchant.create(amount=str(_PRICE), pg_codes=[pg], customer_id="c", extra=extra)
        self.states[made["session_id"]] = "created"
        return str(made["session_id"])

    @rule(target=sessions, pg=st.sampled_from(["ottu-sandbox", "ottu-authorize"]))
    def create_paid(self, pg: str) -> str:
        """A shorter way to where money has moved: few random walks would find it."""
        session = self.create(pg, None)
        assert self.merchant.pay(session, pg).json()["status"] == "success"
        return session

    @rule(session=sessions, pair=st.permutations(["capture", "refund", "void", "refund"]))
    def settle_accounts(self, session: str, pair: list[str]) -> None:
        """Operations in a row on one session, in any order, each for all there is."""
        for operation in pair[:3]:
            self._no_error(self.merchant.operate(operation, session).status_code)

    def _code(self, session: str) -> str:
        found = self.merchant.retrieve(session)
        return str(found["pg_codes"][0]) if "pg_codes" in found else "ottu-sandbox"

    def _no_error(self, status: int) -> None:
        assert status < 500

    # -- the customer -----------------------------------------------------------------

    @rule(session=sessions, card=st.sampled_from([CARD, DECLINED, _CHALLENGED]))
    def pay_with_card(self, session: str, card: dict[str, str]) -> None:
        before = self._state(session)
        answer = self.merchant.pay(session, self._code(session), card, save_card=True)
        self._no_error(answer.status_code)
        self._stays(session, before)

    @rule(session=sessions)
    def go_to_gateway(self, session: str) -> None:
        before = self._state(session)
        path = f"{SDK}/pymt-txn/submit/{session}/{self._code(session)}/"
        answer = self.merchant.browser("POST", path, json={"channel": "web_sdk"})
        self._no_error(answer.status_code)
        if answer.status_code == 200 and answer.json().get("redirect_url"):
            self.pages.append(answer.json()["redirect_url"])
        self._stays(session, before)

    @rule(action=st.sampled_from(["pay", "cancel"]), data=st.data())
    def act_at_gateway(self, action: str, data: st.DataObject) -> None:
        if not self.pages:
            return
        form = {
            "action": action,
            "card_number": "8888880000000001",
            "expiry_month": "09",
            "expiry_year": "2030",
            "expiry": "09/30",
            "pin": "1234",
            "cvv": "123",
        }
        page = data.draw(st.sampled_from(self.pages))
        self._no_error(self.merchant.browser("POST", page, data=form).status_code)

    @rule(session=sessions)
    def pay_with_saved_card(self, session: str) -> None:
        before = self._state(session)
        asked = {"type": "sandbox", "customer_id": "c"}
        cards = self.merchant.post("/b/pbl/v2/card/", asked).json()
        if cards:
            path = f"{SDK}/pymt-txn/submit/{session}/token/"
            body = {"token": cards[0]["token"], "cvv": "100"}
            self._no_error(self.merchant.browser("POST", path, json=body).status_code)
        self._stays(session, before)

    @rule(session=sessions)
    def walk_away(self, session: str) -> None:
        before = self._state(session)
        path = f"{SDK}/pymt-txn/cancel/{session}/"
        self._no_error(self.merchant.browser("POST", path, json={}).status_code)
        self._stays(session, before)

    # -- the merchant -----------------------------------------------------------------

    @rule(
        session=sessions,
        operation=st.sampled_from(["cancel", "expire", "delete", "capture", "refund", "void"]),
        amount=st.sampled_from([None, "1.000", "4.500", "9.000", "10.000"]),
        key=st.sampled_from([None, "k1", "k2"]),
        destination=st.sampled_from(["pg", "wallet"]),
    )
    def operate(
        self, session: str, operation: str, amount: str | None, key: str | None, destination: str
    ) -> None:
        more: dict[str, Any] = {"destination": destination}
        if amount:
            more["amount"] = amount
        if key:
            more["tracking_key"] = key
        answer = self.merchant.operate(operation, session, **more)
        self._no_error(answer.status_code)

    @rule(session=sessions)
    def inquire(self, session: str) -> None:
        answer = self.merchant.post("/b/pbl/v2/inquiry/", {"session_id": session})
        self._no_error(answer.status_code)

    @rule(session=sessions)
    def update(self, session: str) -> None:
        answer = self.merchant.call("PATCH", f"{TXN}{session}", json={"language": "ar"})
        self._no_error(answer.status_code)

    @rule(minutes=st.sampled_from([5, 15, 60 * 25]))
    def wait(self, minutes: int) -> None:
        self.merchant.turn_clock(minutes * 60)

    # -- what must hold ---------------------------------------------------------------

    def _state(self, session: str) -> str:
        return str(self.merchant.retrieve(session).get("state", "deleted"))

    def _stays(self, session: str, before: str) -> None:
        """A customer's action never leads out of a terminal state."""
        if before in _TERMINAL:
            assert self._state(session) == before

    @invariant()
    def money_adds_up(self) -> None:
        for session in getattr(self, "states", ()):
            entries = self.merchant.ledger(session)
            asked = {"customer_id": "c", "currency": "KWD", "session_id": session}
            wallet = self.merchant.post("/b/wallet/ottu/v1/entries/", asked).json()
            moved: dict[str, Decimal] = {}
            for entry in entries:
                amount = Decimal(entry["amount"]) - Decimal(entry["fee"])
                moved[entry["kind"]] = moved.get(entry["kind"], Decimal(0)) + amount
            for entry in wallet.get("results", ()):
                moved["refund"] = moved.get("refund", Decimal(0)) + Decimal(entry["amount"])
            kinds = [e["kind"] for e in entries if e["kind"] in ("purchase", "authorize")]
            assert len(kinds) <= 1, "charged twice"
            nothing = Decimal(0)
            captured = moved.get("capture", nothing)
            paid = moved.get("purchase", nothing) + captured
            assert captured <= moved.get("authorize", nothing), "captured more than authorized"
            assert moved.get("refund", nothing) <= paid, "refunded more than was paid"
            if "void" in moved:
                assert not captured
                assert not moved.get("refund", nothing)


@pytest.fixture(scope="module")
def machine(installation: Installation) -> type[Checkouts]:
    return type("MachineOfThisRun", (Checkouts,), {"installation": installation})


def test_no_sequence_of_calls_breaks_a_payment(machine: type[Checkouts]) -> None:
    """No sequence charges twice, refunds too much, revives what has ended, or answers 500."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=22,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
