"""Creating, changing and reading payment transactions: the Checkout API's rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from . import files, instruments, money, references
from . import validation as v
from .errors import Invalid, NotFound, Refused
from .files import Upload
from .mids import Mid
from .notifications import EVENTS, Notifications, checkout_url
from .states import OPEN, State
from .tenants import Part
from .transactions import Transaction

DEFAULT_LIFETIME: Final = timedelta(days=1)

_ADDRESS: Final = {
    "line1": v.string(128),
    "line2": v.string(128),
    "city": v.string(40),
    "state": v.string(40),
    "country": v.string(2),
    "postal_code": v.string(12),
}

_AGREEMENT: Final = {
    "id": v.string(128),
    "amount_variability": v.choice("fixed", "variable"),
    "start_date": v.day,
    "expiry_date": v.day,
    "max_amount_per_cycle": v.string(32),
    "cycle_interval_days": v.integer(1, 366),
    "total_cycles": v.integer(1, 999),
    "frequency": v.choice(
        "irregular",
        "daily",
        "weekly",
        "semi_monthly",
        "monthly",
        "quarterly",
        "semi_annually",
        "yearly",
        "other",
    ),
    "type": v.choice("event_based", "installment", "recurring", "unscheduled", "other"),
    "seller": v.mapping,
}

#: Every writable field whose rule does not depend on another field.
_RULES: Final[dict[str, v.Rule]] = {
    "pg_codes": v.items(v.string(50)),
    "type": v.choice("e_commerce", "payment_request"),
    "agreement": v.fields(_AGREEMENT),
    "attachment": files.rule,
    "attachment_upload_url": v.url(),
    "billing_address": v.fields(_ADDRESS, required=("line1", "city", "country")),
    "branding_options": v.mapping,
    "card_acceptance_criteria": v.fields({"min_expiry_time": v.integer(1, 365)}),
    "customer_birthdate": v.day,
    "customer_email": v.email(),
    "customer_first_name": v.string(64),
    "customer_id": v.string(64),
    "customer_last_name": v.string(64),
    "customer_phone": v.string(16),
    "customer_phone_2": v.string(16),
    "due_datetime": v.moment,
    "email_recipients": v.items(v.email(), may_be_empty=True),
    "expiration_time": v.duration,
    "extra": v.mapping,
    "generate_qr_code": v.boolean,
    "include_sdk_setup_preload": v.boolean,
    "initiator_id": v.integer(0, 2**31 - 1),
    "language": v.choice("en", "ar"),
    "loyalty": v.mapping,
    "notifications": v.fields(
        {
            channel: v.items(v.choice(*events), may_be_empty=True)
            for channel, events in EVENTS.items()
        }
    ),
    "order_no": v.string(128),
    "payment_instrument": instruments.instrument,
    "payment_type": v.choice("one_off", "auto_debit", "save_card"),
    "preload_checkout_page": v.boolean,
    "product_type": v.string(128),
    "redirect_url": v.url(),
    "shipping_address": v.fields(
        _ADDRESS
        | {
            "first_name": v.string(64),
            "last_name": v.string(64),
            "email": v.email(),
            "phone": v.string(16),
        },
        required=("line1", "city", "country", "first_name", "last_name", "email", "phone"),
    ),
    "shortify_attachment_url": v.boolean,
    "shortify_checkout_url": v.boolean,
    "unit_code": v.string(128),
    "vendor_name": v.string(64),
    "webhook_url": v.url(),
}

#: What an update may not leave out when it replaces the whole transaction (PUT).
_REQUIRED: Final = ("amount", "currency_code", "pg_codes", "type")


class Checkout(Part):
    """The transactions of one tenant."""

    def create(self, given: Mapping[str, Any], base_url: str) -> Transaction:
        """A new transaction in state ``created``. Raises Invalid."""
        fields, mids = self._clean(given, required=_REQUIRED)
        now = self.tenant.clock.now()
        fields.pop("payment_instrument", None)
        transaction = Transaction(
            session_id=references.session_id(),
            tenant_id=self.tenant.id,
            base_url=base_url,
            created=now,
            expires=self._expiry(fields, now),
            amount=fields.pop("amount"),
            currency_code=fields.pop("currency_code"),
            fields=fields,
            operation=mids[0].operation,
            first_reference=references.reference_number(),
            history=[(now, State.CREATED.value, "created by the merchant")],
        )
        self._add_links(transaction)
        self.tenant.store.save(transaction)
        self.tenant.part(Notifications).announce(transaction, "created")
        return transaction

    def check(self, given: Mapping[str, Any]) -> None:
        """Nothing, when a transaction could be created so. Raises Invalid."""
        self._clean(given, required=_REQUIRED)

    def _add_links(self, transaction: Transaction) -> None:
        """The short links that were asked for, and the file that came along."""
        fields, links = transaction.fields, self.tenant.links
        if fields.get("shortify_checkout_url") and not transaction.checkout_short_url:
            target = checkout_url("", transaction.session_id)
            transaction.checkout_short_url = links.make(self.tenant.id, target)
        attachment = fields.pop("attachment", None)
        uploaded = fields.get("attachment_upload_url")
        if isinstance(attachment, Upload):
            transaction.attachment = self.tenant.files.keep(attachment).path
        elif uploaded:
            transaction.attachment = urlsplit(uploaded).path
        if fields.get("shortify_attachment_url") and transaction.attachment:
            transaction.attachment_short_url = links.make(self.tenant.id, transaction.attachment)

    def update(self, session_id: str, given: Mapping[str, Any], *, whole: bool) -> Transaction:
        """Change an open transaction; ``whole`` is a PUT. Raises NotFound, Invalid, Refused."""
        transaction = self.find(session_id)
        if transaction.state not in OPEN:
            raise Refused(f"A payment transaction that is {transaction.state} can't be updated.")
        before = {
            **transaction.fields,
            "amount": transaction.amount,
            "currency_code": transaction.currency_code,
        }
        if whole:
            merged: dict[str, Any] = dict(given)
        else:
            written = {k: value for k, value in given.items() if value is not None}
            merged = {**self._as_given(before), **written}
        fields, mids = self._clean(merged, required=_REQUIRED)
        if not whole:
            fields = {**before, **fields}
        if any(name in given for name in ("expiration_time", "due_datetime")):
            transaction.expires = self._expiry(fields, self.tenant.clock.now())
        transaction.amount = self.new_amount(fields.pop("amount"), transaction)
        transaction.currency_code = fields.pop("currency_code")
        transaction.fields = fields
        fields.pop("payment_instrument", None)
        self._add_links(transaction)
        transaction.operation = mids[0].operation
        self.tenant.store.save(transaction)
        return transaction

    def new_amount(self, asked: Any, transaction: Transaction) -> Any:
        """The amount an updated transaction has: the one asked for."""
        return asked

    def find(self, session_id: str) -> Transaction:
        """This tenant's transaction, expired by now if its time is over. Raises NotFound."""
        transaction = self.tenant.store.load(session_id)
        if transaction is None:
            raise NotFound
        return self.aged(transaction)

    def find_by(self, given: Mapping[str, Any]) -> Transaction:
        """By ``session_id`` or ``order_no``. Raises Invalid when neither is given, NotFound."""
        names = v.checked(given, {"session_id": v.string(128), "order_no": v.string(128)})
        if names.get("session_id"):
            return self.find(names["session_id"])
        if names.get("order_no"):
            transaction = self.tenant.store.by_order_number(names["order_no"])
            if transaction is None:
                raise NotFound
            return self.aged(transaction)
        raise Invalid({"session_id": [v.REQUIRED], "order_no": [v.REQUIRED]})

    def aged(self, transaction: Transaction) -> Transaction:
        """The transaction as it is at this moment of the sandbox's clock."""
        if transaction.state in OPEN:
            transaction.age(self.tenant.clock.now())
            if transaction.state is State.EXPIRED:
                self.tenant.store.save(transaction)
                self.tenant.part(Notifications).announce(transaction, "expired")
        return transaction

    def seen(self, session_id: str) -> Transaction:
        """The customer sees the checkout: a created transaction becomes pending."""
        transaction = self.find(session_id)
        if transaction.state is State.CREATED:
            transaction.move(State.PENDING, self.tenant.clock.now(), "the customer saw it")
            self.tenant.store.save(transaction)
        return transaction

    def mids_of(self, transaction: Transaction) -> list[Mid]:
        """The MIDs the transaction can be paid with, in the merchant's order."""
        return [self.tenant.mids[code] for code in transaction.pg_codes]

    def _clean(
        self, given: Mapping[str, Any], required: tuple[str, ...]
    ) -> tuple[dict[str, Any], list[Mid]]:
        problems: dict[str, Any] = {}
        try:
            fields = v.checked(given, _RULES, [name for name in required if name in _RULES])
        except Invalid as invalid:
            problems.update(invalid.body)
            fields = {}
        currency = self._currency(given, problems)
        if given.get("amount") in (None, ""):
            problems["amount"] = [v.REQUIRED]
        else:
            zero_allowed = given.get("payment_type") == "save_card"
            try:
                fields["amount"] = v.amount(currency, zero_allowed=zero_allowed)(given["amount"])
            except v.Bad as bad:
                problems["amount"] = bad.detail
        fields["currency_code"] = currency
        mids = self._mids(fields.get("pg_codes", []), currency, problems)
        self._demand_agreement(fields, mids, problems)
        if problems:
            raise Invalid(problems)
        self._demand_contacts(fields)
        return fields, mids

    @staticmethod
    def _demand_agreement(
        fields: Mapping[str, Any], mids: list[Mid], problems: dict[str, Any]
    ) -> None:
        """What saving a card, for now or for auto-debit, cannot do without."""
        kind = fields.get("payment_type")
        if kind == "auto_debit":
            for name in ("agreement", "customer_id"):
                if not fields.get(name):
                    problems.setdefault(name, [v.REQUIRED])
        if kind == "save_card" and fields.get("amount"):
            problems.setdefault("amount", ["The amount must be zero to save a card."])
        if kind in ("auto_debit", "save_card") and not all(mid.tokenizable for mid in mids):
            problems.setdefault("pg_codes", ["The pg codes must support tokenization."])

    @staticmethod
    def _currency(given: Mapping[str, Any], problems: dict[str, Any]) -> str:
        currency = given.get("currency_code")
        if currency in (None, ""):
            problems["currency_code"] = [v.REQUIRED]
        elif not isinstance(currency, str) or currency not in money.CURRENCIES:
            problems["currency_code"] = [f'"{str(currency)[:60]}" is not a valid choice.']
        else:
            return currency
        return "KWD"

    def _mids(self, codes: list[str], currency: str, problems: dict[str, Any]) -> list[Mid]:
        unknown = [code for code in codes if code not in self.tenant.mids]
        if unknown:
            problems["pg_codes"] = [f'"{code}" is not a valid choice.' for code in unknown]
            return []
        mids = [self.tenant.mids[code] for code in dict.fromkeys(codes)]
        strangers = [mid.code for mid in mids if currency not in mid.currencies]
        if strangers and "currency_code" not in problems:
            problems["pg_codes"] = [f'"{code}" does not accept {currency}.' for code in strangers]
        for wallet in sorted({wallet for mid in mids for wallet in mid.wallets}):
            offering = [mid.code for mid in mids if wallet in mid.wallets]
            if len(offering) > 1:
                problems["pg_codes"] = [
                    f"{' and '.join(offering)} offer the same wallet, {wallet}, in {currency}."
                ]
        return mids

    @staticmethod
    def _demand_contacts(fields: Mapping[str, Any]) -> None:
        asked = fields.get("notifications") or {}
        problems: dict[str, list[str]] = {}
        for channel in ("sms", "whatsapp"):
            if asked.get(channel) and not fields.get("customer_phone"):
                problems[channel] = [
                    f"To use {channel} notifications provide the `customer_phone` field."
                ]
        if asked.get("email") and not fields.get("customer_email"):
            problems["email"] = ["To use email notifications provide the `customer_email` field."]
        if problems:
            raise Invalid({"notifications": problems})

    @staticmethod
    def _as_given(fields: Mapping[str, Any]) -> dict[str, Any]:
        """Stored fields in a form that the rules accept again."""
        again = dict(fields)
        if isinstance(again.get("expiration_time"), timedelta):
            del again["expiration_time"]
        if isinstance(again.get("due_datetime"), datetime):
            del again["due_datetime"]
        return again

    @staticmethod
    def _expiry(fields: Mapping[str, Any], now: datetime) -> datetime:
        if fields.get("due_datetime"):
            due: datetime = fields["due_datetime"]
            return due
        lifetime: timedelta = fields.get("expiration_time") or DEFAULT_LIFETIME
        return now + lifetime
