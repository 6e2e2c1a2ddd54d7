"""Payments that a merchant's server makes itself: with a saved card, a wallet's token, cash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .cards import Vault
from .checkout import Checkout
from .errors import Invalid, NotFound, Refused
from .gateways import Decision, gateway
from .gateways.base import APPROVED
from .mids import Mid
from .payments import ENDED, Payments
from .states import OPEN, State
from .tenants import Part
from .transactions import Transaction
from .wallets import MWallet
from .webhooks import Webhooks

NO_CIT: Final = "No Cardholder Initiated Transaction (CIT) found."


class DirectPayments(Part):
    """Server-to-server payments of one tenant.

    Each gives the transaction as its webhook tells of it, or raises Refused with what the
    gateway said.
    """

    async def with_instrument(
        self, transaction: Transaction, instrument: Mapping[str, Any]
    ) -> dict[str, Any]:
        """One-step checkout: pay what was created in the same request."""
        kind, payload = instrument["instrument_type"], instrument["payload"]
        session_id = transaction.session_id
        if kind == "token":
            return await self.with_token(session_id, payload["token"])
        if kind == "wallet":
            return await self.with_wallet(session_id, None, payload.get("wallet_code"))
        return await self.with_sheet(session_id, None, kind)

    async def with_token(self, session_id: str, token: str) -> dict[str, Any]:
        """Charge a saved card of the session's customer, who is present."""
        transaction = self._payable(session_id)
        customer_id = transaction.fields.get("customer_id") or ""
        try:
            card = self.tenant.part(Vault).find(token, customer_id)
        except NotFound:
            raise Invalid({"token": ["No card was found with this token."]}) from None
        payments = self.tenant.part(Payments)
        mid = payments.mid(transaction, card.pg_code)
        attempt = payments.begin(transaction, mid, "token_pay")
        attempt.masked_card = card.details.masked
        self.tenant.store.save(transaction)
        decision = gateway(self.tenant, mid.pg).decide_token(card.details)
        if decision.outcome == "challenge":
            decision = APPROVED  # nobody is there to be challenged; the issuer lets it pass
        return await self._conclude(transaction, attempt.reference_number, decision)

    async def auto_debit(self, session_id: str, token: str) -> dict[str, Any]:
        """Charge a saved card without its holder, as an earlier agreement with them allows."""
        transaction = self._payable(session_id)
        if transaction.fields.get("payment_type") != "auto_debit":
            raise Refused("This payment transaction can't be auto debited.")
        customer_id = transaction.fields.get("customer_id") or ""
        try:
            card = self.tenant.part(Vault).find(token, customer_id)
        except NotFound:
            raise Invalid({"token": ["No card was found with this token."]}) from None
        agreement = (transaction.fields.get("agreement") or {}).get("id")
        if agreement is None or agreement not in card.agreements:
            raise Refused(NO_CIT)
        return await self.with_token(session_id, token)

    async def with_sheet(self, session_id: str, pg_code: object, wallet: str) -> dict[str, Any]:
        """Charge what Apple Pay, Google Pay or Samsung Pay authorised."""
        transaction = self._payable(session_id)
        mid = self._offering(transaction, wallet, pg_code)
        attempt = self.tenant.part(Payments).begin(transaction, mid, wallet)
        decision = gateway(self.tenant, mid.pg).decide_wallet(transaction)
        return await self._conclude(transaction, attempt.reference_number, decision)

    async def with_wallet(
        self, session_id: str, pg_code: object, wallet_code: str | None
    ) -> dict[str, Any]:
        """Charge the customer's M-Wallet, which must hold the whole amount."""
        transaction = self._payable(session_id)
        mid = self._offering(transaction, "wallet", pg_code)
        customer_id = transaction.fields.get("customer_id")
        if wallet_code not in (None, "", "ottu"):
            raise Invalid({"wallet_code": [f'"{wallet_code}" is not a wallet of this MID.']})
        if not customer_id:
            raise Invalid({"customer_id": ["A wallet payment needs a customer."]})
        if transaction.operation == "authorize":
            raise Refused("A wallet can't be authorized, only charged.")
        payments = self.tenant.part(Payments)
        decision = gateway(self.tenant, mid.pg).decide_wallet(transaction)
        total = transaction.amount + payments.fee(transaction, mid)
        if decision.outcome == "success":
            leg = self.tenant.part(MWallet).pay(
                customer_id, total, transaction.currency_code, session_id, mid.code
            )
            transaction.wallet_legs.append(leg)
        attempt = payments.begin(transaction, mid, "wallet")
        return await self._conclude(transaction, attempt.reference_number, decision)

    async def cash(self, session_id: str) -> dict[str, Any]:
        """Acknowledge cash that the customer handed over."""
        transaction = self.tenant.part(Checkout).find(session_id)
        payments = self.tenant.part(Payments)
        if transaction.state is State.COD:
            return self._told(await payments.collect(transaction))
        self._payable(session_id)
        mid = next((m for m in self._mids(transaction) if m.pg == "cod"), None)
        if mid is None:
            raise Refused("This payment transaction can't be paid in cash.")
        attempt = payments.begin(transaction, mid, "redirect")
        return await self._conclude(transaction, attempt.reference_number, APPROVED)

    def _payable(self, session_id: str) -> Transaction:
        transaction = self.tenant.part(Checkout).find(session_id)
        if transaction.state not in OPEN:
            raise Refused(ENDED.get(transaction.state, "The payment session is over."))
        return transaction

    def _mids(self, transaction: Transaction) -> list[Mid]:
        return self.tenant.part(Checkout).mids_of(transaction)

    def _offering(self, transaction: Transaction, wallet: str, pg_code: object) -> Mid:
        """The MID that takes the wallet: the one named, else the first that does."""
        if pg_code not in (None, ""):
            mids = [self.tenant.part(Payments).mid(transaction, pg_code)]
        else:
            mids = self._mids(transaction)
        for mid in mids:
            if wallet in mid.wallets:
                return mid
        raise Invalid({"pg_code": [f"No payment gateway of this session offers {wallet}."]})

    async def _conclude(
        self, transaction: Transaction, reference_number: str, decision: Decision
    ) -> dict[str, Any]:
        session_id = transaction.session_id
        result = await self.tenant.part(Payments).conclude(session_id, reference_number, decision)
        if result["status"] != "success":
            raise Refused(
                result["message"], pg_response=result["payment_gateway_info"]["pg_response"]
            )
        return self._told(self.tenant.part(Checkout).find(session_id))

    def _told(self, transaction: Transaction) -> dict[str, Any]:
        webhooks = self.tenant.part(Webhooks)
        return webhooks.signed(webhooks.payload(transaction))
