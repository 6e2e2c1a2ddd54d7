"""Paying a transaction: attempts, the gateway's decision, settlement, the customer's way back."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from . import money, references
from .cards import SavedCard, Vault
from .challenges import Challenge
from .checkout import Checkout
from .errors import Invalid, NotFound
from .gateways import CardDetails, Decision, gateway
from .mids import Mid
from .notifications import Notifications
from .states import OPEN, State
from .tenants import Part
from .transactions import Attempt, Transaction
from .webhooks import Webhooks

FORM_OF_PAYMENT: Final = {"card": "card_onsite", "token": "token_pay"}

ENDED: Final = {
    State.EXPIRED: "The payment session has expired.",
    State.PAID: "The payment transaction is already paid.",
    State.AUTHORIZED: "The payment transaction is already authorized.",
    State.CANCELED: "The payment transaction is canceled.",
    State.FAILED: "The payment transaction has failed.",
}


class Payments(Part):
    """Payments of one tenant's transactions."""

    # -- what can be paid -------------------------------------------------------------

    def payable(self, transaction: Transaction) -> bool:
        """Whether a customer may still pay."""
        return transaction.state in OPEN

    def mid(self, transaction: Transaction, pg_code: object) -> Mid:
        """The MID the customer chose. Raises Invalid when the session does not offer it."""
        if not isinstance(pg_code, str) or pg_code not in transaction.pg_codes:
            raise Invalid({"pg_code": [f'"{str(pg_code)[:60]}" is not a valid choice.']})
        return self.tenant.mids[pg_code]

    def fee(self, transaction: Transaction, mid: Mid) -> Any:
        """The fee for paying this transaction with that MID."""
        return mid.fee(transaction.amount, transaction.currency_code)

    # -- attempts ---------------------------------------------------------------------

    def begin(self, transaction: Transaction, mid: Mid, form_of_payment: str) -> Attempt:
        """A new attempt; those still open are given up, so that no two can ever charge."""
        for earlier in transaction.attempts:
            if earlier.outcome is None:
                earlier.outcome = "canceled"
                earlier.message = "Superseded by a new attempt."
        attempt = Attempt(
            reference_number=(
                references.reference_number()
                if transaction.attempts
                else transaction.first_reference
            ),
            pg_code=mid.code,
            form_of_payment=form_of_payment,
            amount=transaction.amount,
            fee=self.fee(transaction, mid),
            currency_code=transaction.currency_code,
            started=self.tenant.clock.now(),
        )
        transaction.attempts.append(attempt)
        transaction.operation = mid.operation
        self.tenant.store.save(transaction)
        if "sandbox_inquiry_result" in (transaction.fields.get("extra") or {}):
            self.tenant.agenda.note(transaction, attempt.started)
        return attempt

    async def pay_with_card(
        self, session_id: str, pg_code: object, details: CardDetails, *, save_card: bool
    ) -> dict[str, Any]:
        """Pay with a typed card; the *result* for the SDK, or a challenge to pass first."""
        transaction = self.tenant.part(Checkout).find(session_id)
        mid = self.mid(transaction, pg_code)
        if not self.payable(transaction):
            return self.refusal(transaction, mid, FORM_OF_PAYMENT["card"])
        attempt = self.begin(transaction, mid, FORM_OF_PAYMENT["card"])
        decision = gateway(self.tenant, mid.pg).decide_card(details)
        save_card = save_card or self.saving_is_the_point(transaction)
        return await self._proceed(transaction, attempt, decision, details, save_card=save_card)

    @staticmethod
    def saving_is_the_point(transaction: Transaction) -> bool:
        """Whether the merchant, not the customer, decided that the card is kept."""
        return transaction.fields.get("payment_type") in ("save_card", "auto_debit")

    async def pay_with_token(self, session_id: str, token: str, code: str) -> dict[str, Any]:
        """Pay with a saved card of the session's customer. Raises NotFound, Invalid."""
        transaction = self.tenant.part(Checkout).find(session_id)
        card = self.saved_card(transaction, token)
        mid = self.mid(transaction, card.pg_code)
        if not self.payable(transaction):
            return self.refusal(transaction, mid, FORM_OF_PAYMENT["token"])
        if card.cvv_required and not (code.isdigit() and 3 <= len(code) <= 4):
            raise Invalid({"card": {"cvv": ["Invalid CVV code"]}})
        attempt = self.begin(transaction, mid, FORM_OF_PAYMENT["token"])
        decision = gateway(self.tenant, mid.pg).decide_token(card.details)
        again = self.saving_is_the_point(transaction)
        return await self._proceed(transaction, attempt, decision, card.details, save_card=again)

    def saved_card(self, transaction: Transaction, token: str) -> SavedCard:
        """The saved card to charge: only one of the session's own customer. Raises NotFound."""
        customer_id = transaction.fields.get("customer_id")
        if not customer_id:
            raise NotFound
        return self.tenant.part(Vault).find(token, customer_id)

    async def pay_with_wallet(
        self, session_id: str, pg_code: object, form_of_payment: str
    ) -> dict[str, Any]:
        """Pay with what a wallet authorised."""
        transaction = self.tenant.part(Checkout).find(session_id)
        mid = self.mid(transaction, pg_code)
        if not self.payable(transaction):
            return self.refusal(transaction, mid, form_of_payment)
        attempt = self.begin(transaction, mid, form_of_payment)
        decision = gateway(self.tenant, mid.pg).decide_wallet(transaction)
        return await self.conclude(session_id, attempt.reference_number, decision)

    async def _proceed(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        details: CardDetails,
        *,
        save_card: bool,
    ) -> dict[str, Any]:
        attempt.masked_card = details.masked
        self.tenant.store.save(transaction)
        if decision.outcome == "challenge":
            challenge = Challenge(
                attempt.reference_number, transaction.session_id, details, save_card
            )
            return self.challenged(transaction, attempt, challenge)
        return await self.conclude(
            transaction.session_id,
            attempt.reference_number,
            decision,
            details if save_card else None,
        )

    def challenged(
        self, transaction: Transaction, attempt: Attempt, challenge: Challenge
    ) -> dict[str, Any]:
        """What the SDK gets when the issuer asks for a challenge; the HTTP side adds addresses."""
        attempt.challenge_occurred = True
        self.tenant.store.save(transaction)
        self.tenant.challenges[attempt.reference_number] = challenge
        return {
            "status": "3DS",
            "reference_number": attempt.reference_number,
            "form_of_payment": attempt.form_of_payment,
            "challenge_occurred": True,
            "method": "iframe",
            "session_id": transaction.session_id,
            "order_no": transaction.order_no,
        }

    async def authenticate(self, challenge: Challenge, status: str) -> dict[str, Any]:
        """End a challenge with EMVCo's transaction status (``C``: the customer walked away)."""
        transaction = self.tenant.part(Checkout).find(challenge.session_id)
        attempt = transaction.attempt(challenge.reference_number)
        if attempt is None:
            raise NotFound
        mid = self.tenant.mids[attempt.pg_code]
        decision = gateway(self.tenant, mid.pg).decide_authenticated(status)
        result = await self.conclude(
            challenge.session_id,
            challenge.reference_number,
            decision,
            challenge.details if challenge.save_card else None,
        )
        challenge.end(result)
        return result

    # -- settlement -------------------------------------------------------------------

    async def conclude(
        self,
        session_id: str,
        reference_number: str,
        decision: Decision,
        card_to_save: CardDetails | None = None,
    ) -> dict[str, Any]:
        """Settle an attempt, tell the merchant, and give the SDK's *result*.

        An attempt is settled once: a second conclusion gives the first one's result.
        """
        transaction = self.tenant.part(Checkout).find(session_id)
        attempt = transaction.attempt(reference_number)
        if attempt is None:
            raise NotFound
        mid = self.tenant.mids[attempt.pg_code]
        if attempt.outcome is not None:
            known = transaction.last_result
            return known or self.refusal(transaction, mid, attempt.form_of_payment)
        if not self.payable(transaction):
            attempt.outcome = "canceled"
            self.tenant.store.save(transaction)
            return self.refusal(transaction, mid, attempt.form_of_payment)
        self.settle(transaction, attempt, decision, card_to_save)
        return await self._tell(transaction, attempt)

    def settle(
        self,
        transaction: Transaction,
        attempt: Attempt,
        decision: Decision,
        card_to_save: CardDetails | None,
    ) -> None:
        """Let the decision take effect on attempt, transaction, ledger and vault."""
        mid = self.tenant.mids[attempt.pg_code]
        now = self.tenant.clock.now()
        attempt.outcome = decision.outcome
        attempt.message = decision.message
        attempt.pg_response = gateway(self.tenant, mid.pg).response(transaction, attempt)
        if decision.outcome == "cod":
            transaction.settled_pg_code = mid.code
            transaction.move(State.COD, now, "to be paid on delivery")
        elif decision.outcome == "success":
            transaction.settled_pg_code = mid.code
            authorized = transaction.operation == "authorize"
            self.charge(transaction, attempt, "authorize" if authorized else "purchase")
            if card_to_save is not None:
                saved = self.tenant.part(Vault).keep(transaction, mid, card_to_save)
                attempt.token = saved.token if saved else None
            state = State.AUTHORIZED if authorized else State.PAID
            transaction.move(state, now, f"{mid.code} approved")
        else:
            state = State.ATTEMPTED if mid.multi_attempt else State.FAILED
            transaction.move(state, now, f"{mid.code}: {decision.message}")

    async def settle_late(
        self, transaction: Transaction, attempt: Attempt, decision: Decision
    ) -> None:
        """Let what the gateway says only now take effect, even on what has failed or expired.

        A transaction that is settled already stays as it is: nothing is charged twice.
        """
        if transaction.state not in {*OPEN, State.FAILED, State.EXPIRED}:
            return
        self.settle(transaction, attempt, decision, None)
        await self._tell(transaction, attempt)

    async def collect(self, transaction: Transaction) -> Transaction:
        """The cash was handed over: what was due on delivery is paid."""
        attempt = transaction.attempts[-1]
        attempt.outcome = "success"
        attempt.message = "Payment operation completed successfully."
        self.charge(transaction, attempt, "purchase")
        transaction.move(State.PAID, self.tenant.clock.now(), "cash handed over")
        await self._tell(transaction, attempt)
        return transaction

    async def _tell(self, transaction: Transaction, attempt: Attempt) -> dict[str, Any]:
        """Store the settled transaction, tell customer and merchant, give the *result*."""
        session_id = transaction.session_id
        self.tenant.store.save(transaction)
        self.tenant.part(Notifications).announce(transaction, transaction.state.value)
        with self.tenant.working(session_id):
            answered = await self.tenant.part(Webhooks).announce(transaction)
        result = self.result(transaction, attempt, self.way_back(transaction, answered))
        newest = self.tenant.store.load(session_id)
        if newest is not None:
            newest.last_result = result
            self.tenant.store.save(newest)
        return result

    def charge(self, transaction: Transaction, attempt: Attempt, kind: str) -> None:
        """Enter the movement of money into the gateway's own ledger; saving a card moves none."""
        if not attempt.total:
            return
        self.tenant.ledger.append(
            {
                "kind": kind,
                "session_id": transaction.session_id,
                "order_no": transaction.order_no,
                "reference_number": attempt.reference_number,
                "pg_code": attempt.pg_code,
                "amount": money.text(attempt.total, attempt.currency_code),
                "fee": money.text(attempt.fee, attempt.currency_code),
                "currency_code": attempt.currency_code,
                "challenge_occurred": attempt.challenge_occurred,
                "at": self.tenant.clock.now().isoformat(),
            }
        )

    # -- what the customer sees of it ---------------------------------------------------

    def result(
        self, transaction: Transaction, attempt: Attempt, redirect_url: str | None
    ) -> dict[str, Any]:
        """The SDK's *result* of a settled attempt."""
        mid = self.tenant.mids[attempt.pg_code]
        return {
            "status": "success" if attempt.outcome in ("success", "cod") else "canceled",
            "session_id": transaction.session_id,
            "message": attempt.message,
            "order_no": transaction.order_no,
            "operation": transaction.operation,
            "reference_number": attempt.reference_number,
            "redirect_url": redirect_url,
            "form_of_payment": attempt.form_of_payment,
            "challenge_occurred": attempt.challenge_occurred,
            "payment_gateway_info": {
                "pg_code": mid.code,
                "pg_name": mid.pg,
                "pg_response": attempt.pg_response,
            },
        }

    def refusal(self, transaction: Transaction, mid: Mid, form_of_payment: str) -> dict[str, Any]:
        """The *result* when nothing can be paid any more, such as after expiry."""
        return {
            "status": "canceled",
            "session_id": transaction.session_id,
            "message": ENDED.get(transaction.state, "The payment session is over."),
            "order_no": transaction.order_no,
            "operation": transaction.operation,
            "reference_number": transaction.reference_number,
            "redirect_url": None,
            "form_of_payment": form_of_payment,
            "challenge_occurred": False,
            "payment_gateway_info": {"pg_code": mid.code, "pg_name": mid.pg, "pg_response": {}},
        }

    def way_back(self, transaction: Transaction, answered: int | None) -> str | None:
        """Where the customer goes: the merchant when its webhook said 200, else Ottu's summary.

        Without a webhook address there is nobody to say 200, and the merchant's own address
        is used if there is one.
        """
        merchant = transaction.fields.get("redirect_url")
        wanted = answered == 200 or not transaction.fields.get("webhook_url")
        if merchant and wanted:
            return self.merchant_address(merchant, transaction)
        return f"{transaction.base_url}/b/checkout/summary/{transaction.session_id}/"

    def merchant_address(self, redirect_url: str, transaction: Transaction) -> str:
        """The merchant's address with order, reference and session appended to its query."""
        parts = urlsplit(redirect_url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        query += [
            ("order_no", transaction.order_no or ""),
            ("reference_number", transaction.reference_number),
            ("session_id", transaction.session_id),
        ]
        return urlunsplit(parts._replace(query=urlencode(query)))
