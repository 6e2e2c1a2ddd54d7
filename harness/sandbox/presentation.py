"""Transactions as the API, the SDK and the payment-methods listing show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from . import money
from .cards import Vault
from .defects import in_browser
from .mids import Mid
from .notifications import checkout_url
from .payments import Payments
from .states import OPEN
from .tenants import Part
from .transactions import Transaction

_WRITE_ONLY: Final = frozenset(
    {
        "generate_qr_code",
        "include_sdk_setup_preload",
        "preload_checkout_page",
        "shortify_attachment_url",
        "shortify_checkout_url",
        "unit_code",
        "payment_instrument",
        "attachment_upload_url",
    }
)
_SERVICES: Final = {
    "apple_pay": ("Apple Pay", "Apple Pay"),
    "google_pay": ("Google Pay", "Google Pay"),
    "samsung_pay": ("Samsung Pay", "Samsung Pay"),
    "wallet": ("Ottu Wallet", "محفظة Ottu"),
}
#: What Ottu lists as ``wallets`` of a MID, beside ``payment_services``, which has all.
_DEVICE_WALLETS: Final = ("apple_pay", "google_pay")
#: What every MID of the sandbox is good for.
TAGS: Final = ("e_commerce", "test")
SDK: Final = "/b/checkout/api/sdk/v1"


class Presentation(Part):
    """How this tenant's transactions look from outside; ``base`` is the request's own origin."""

    def transaction(self, transaction: Transaction, base: str) -> dict[str, Any]:
        """The Checkout API's representation."""
        shown: dict[str, Any] = {
            name: _plain(value)
            for name, value in transaction.fields.items()
            if name not in _WRITE_ONLY
        }
        shown |= {
            "amount": money.text(transaction.amount, transaction.currency_code),
            "billing": "",
            "checkout_page_url": f"{base}/b/checkout/page/{transaction.session_id}/",
            "checkout_url": checkout_url(base, transaction.session_id),
            "currency_code": transaction.currency_code,
            "expiration_time": _duration(transaction.expires - transaction.created),
            "language": transaction.fields.get("language", "en"),
            "operation": transaction.operation,
            "payment_methods": self.redirect_methods(transaction, base),
            "payment_type": transaction.fields.get("payment_type", "one_off"),
            "session_id": transaction.session_id,
            "settled_pg_code": transaction.settled_pg_code,
            "state": transaction.state.value,
        }
        shown |= self.asked_for(transaction, base)
        return shown

    def asked_for(self, transaction: Transaction, base: str) -> dict[str, Any]:
        """What is shown only to those who asked for it, or gave what it stands for."""
        shown: dict[str, Any] = {}
        fields, session = transaction.fields, transaction.session_id
        if transaction.attachment:
            shown["attachment"] = base + transaction.attachment
        if transaction.attachment_short_url:
            shown["attachment_short_url"] = base + transaction.attachment_short_url
        if transaction.checkout_short_url:
            shown["checkout_short_url"] = base + transaction.checkout_short_url
        if fields.get("generate_qr_code"):
            shown["qr_code_url"] = f"{base}/b/checkout/qr/{session}.png"
        if transaction.wallet_legs:
            shown["customer_wallet_transactions"] = transaction.wallet_legs
        if fields.get("include_sdk_setup_preload"):
            shown["sdk_setup_preload_payload"] = self.setup(transaction, base)
        return shown

    def setup(self, transaction: Transaction, base: str) -> dict[str, Any]:
        """What the SDK starts from (CheckoutSDK)."""
        ended = transaction.state not in OPEN
        return {
            "amount": money.text(transaction.amount, transaction.currency_code),
            "billing": "",
            "cards": [] if ended else self.cards(transaction, base),
            "customer_id": transaction.fields.get("customer_id"),
            "customer_phone": transaction.fields.get("customer_phone"),
            "currency_code": transaction.currency_code,
            "expiration_time": _duration(transaction.expires - self.tenant.clock.now()),
            "language": transaction.fields.get("language", "en"),
            "operation": transaction.operation,
            "payment_type": transaction.fields.get("payment_type", "one_off"),
            "payment_methods": [] if ended else self.methods(transaction, base),
            "payment_services": [] if ended else self.services(transaction, base),
            "flex_methods": [],
            "sdk_studio": {"defects": in_browser(self.tenant.defects)},
            "response": self.response(transaction),
            "state": transaction.state.value,
            "type": transaction.fields["type"],
            "is_amount_editable": False,
            "session_id": transaction.session_id,
            "cancel_url": f"{base}{SDK}/pymt-txn/cancel/{transaction.session_id}/",
        }

    def response(self, transaction: Transaction) -> dict[str, Any]:
        """The last attempt's result; for a session that is over, at least why."""
        if transaction.last_result:
            return transaction.last_result
        if transaction.state in OPEN:
            return {}
        mid = self.tenant.mids[transaction.pg_codes[0]]
        return self.tenant.part(Payments).refusal(transaction, mid, "")

    def methods(self, transaction: Transaction, base: str) -> list[dict[str, Any]]:
        """The methods the SDK offers for this session."""
        session = transaction.session_id
        shown = []
        for mid in self.offered(transaction):
            onsite = mid.flow == "card_onsite"
            code = mid.code
            start = f"{checkout_url(base, session)}&pg_code={code}"
            frame = f"{base}{SDK}/card-form/{session}/{code}/"
            shown.append(
                self.priced(transaction, mid, base)
                | {
                    "pg": mid.pg,
                    "type": "sandbox",
                    "flow": mid.flow,
                    "redirect_url": None if onsite else start,
                    "submit_url": f"{base}{SDK}/pymt-txn/submit/{session}/{code}/",
                    "payment_url": frame if onsite else None,
                    "cancel_url": f"{base}{SDK}/pymt-txn/cancel/{session}/",
                    "can_save_card": self.can_save(transaction, mid),
                    "cvv_required": onsite,
                    "public_key_url": None,
                }
            )
        return shown

    def offered(self, transaction: Transaction) -> list[Mid]:
        """The MIDs offered to the customer: those the merchant asked for, in its order."""
        return [self.tenant.mids[code] for code in dict.fromkeys(transaction.pg_codes)]

    @staticmethod
    def can_save(transaction: Transaction, mid: Mid) -> bool:
        """A card can be saved when there is a customer to save it for."""
        return mid.tokenizable and bool(transaction.fields.get("customer_id"))

    def redirect_methods(self, transaction: Transaction, base: str) -> list[dict[str, Any]]:
        """The methods as the Checkout API lists them: an address of its own for each."""
        link = checkout_url(base, transaction.session_id)
        return [
            self.priced(transaction, mid, base)
            | {
                "type": "sandbox",
                "flow": "redirect",
                "redirect_url": f"{link}&pg_code={mid.code}",
            }
            for mid in self.offered(transaction)
        ]

    def priced(self, transaction: Transaction, mid: Mid, base: str) -> dict[str, Any]:
        """A method's name, look and price; ``amount`` includes the fee."""
        currency = self.currency(transaction, mid)
        fee: Decimal = self.tenant.part(Payments).fee(transaction, mid)
        icon = f"{base}/checkout/v3/icons/{mid.pg}.svg"
        return {
            "code": mid.code,
            "name": mid.name,
            "amount": money.text(transaction.amount + fee, currency),
            "currency_code": currency,
            "fee": money.text(fee, currency),
            "fee_description": mid.fee_description if fee else "",
            "icon": icon,
            "icons": {"webp": icon, "svg": icon},
            "pg_icons": [{"svg": icon, "webp": icon, "label": mid.name}],
            "branding_options": None,
        }

    @staticmethod
    def currency(transaction: Transaction, mid: Mid) -> str:
        """The currency a method charges in: the session's."""
        return transaction.currency_code

    def cards(self, transaction: Transaction, base: str) -> list[dict[str, Any]]:
        """The customer's saved cards that this session can be paid with."""
        customer_id = transaction.fields.get("customer_id")
        if not customer_id or transaction.fields.get("payment_type") == "save_card":
            return []
        vault = self.tenant.part(Vault)
        submit = f"{base}{SDK}/pymt-txn/submit/{transaction.session_id}/token/"
        cards = []
        for card in vault.of_customer(customer_id, transaction.pg_codes):
            listed = vault.as_listed(card)
            del listed["agreements"], listed["pg_name"]
            cards.append(
                listed
                | {
                    "pg": card.pg,
                    "delete_url": f"{base}{SDK}/card/{transaction.session_id}/{card.token}/",
                    "submit_url": submit,
                    "payment_url": (
                        f"{base}{SDK}/card-form/{transaction.session_id}/{card.pg_code}/"
                        f"?token={card.token}"
                    ),
                    "cancel_url": f"{base}{SDK}/pymt-txn/cancel/{transaction.session_id}/",
                }
            )
        return cards

    def services(self, transaction: Transaction, base: str) -> list[dict[str, Any]]:
        """The wallets the SDK may offer."""
        for mid in self.offered(transaction):
            if "apple_pay" in mid.wallets:
                break
        else:
            return []
        priced = self.priced(transaction, mid, base)
        session = transaction.session_id
        return [
            {
                "flow": "apple_pay",
                "domain": base.partition("://")[2],
                "merchant_id": f"merchant.sandbox.{self.tenant.id}",
                "code": "apple_pay",
                "pg_code": mid.code,
                "shop_name": self.tenant.name,
                "amount": priced["amount"],
                "fee": priced["fee"],
                "fee_description": priced["fee_description"],
                "currency_code": priced["currency_code"],
                "country_code": "KW",
                "validation_url": f"{base}{SDK}/apple-pay/validate/{session}/",
                "payment_url": f"{base}{SDK}/apple-pay/pay/{session}/",
                "session_id": session,
            }
        ]

    def fitting(self, asked: Mapping[str, Any]) -> list[Mid]:
        """The MIDs that a payment-methods request asks for: all its conditions must hold."""
        if asked.get("type") == "production":
            return []
        currencies, services = set(asked.get("currencies") or ()), asked.get("payment_services")
        return [
            mid
            for mid in self.tenant.mids.values()
            if (not currencies or currencies & set(mid.currencies))
            and asked.get("operation") in (None, mid.operation)
            and (not asked.get("tokenizable") or mid.tokenizable)
            and (not asked.get("auto_debit") or mid.auto_debit)
            and (not asked.get("pg_names") or mid.pg in asked["pg_names"])
            and (not asked.get("tags") or set(asked["tags"]) & set(TAGS))
            and (not services or set(services) & set(mid.wallets))
        ]

    @staticmethod
    def listing(mid: Mid, base: str) -> dict[str, Any]:
        """A MID as the payment-methods listing shows it."""
        return {
            "code": mid.code,
            "name": mid.name,
            "pg": mid.pg,
            "is_sandbox": True,
            "logo": f"{base}/checkout/v3/icons/{mid.pg}.svg",
            "wallets": [
                _SERVICES[wallet][0].replace(" ", "")
                for wallet in mid.wallets
                if wallet in _DEVICE_WALLETS
            ],
            "payment_services": [
                {"code": wallet, "name": _SERVICES[wallet][0], "name_ar": _SERVICES[wallet][1]}
                for wallet in mid.wallets
            ],
            "default_currency": mid.currencies[0],
            "accepted_currencies": list(mid.currencies),
            "operation": mid.operation,
            "operations": list(mid.operations),
            "is_tokenizable": mid.tokenizable,
            "auto_debit_enabled": mid.auto_debit,
            "tags": list(TAGS),
        }


def _duration(length: timedelta) -> str:
    """A length of time as DRF writes it: ``[DD ]HH:MM:SS``; nothing left is zero."""
    seconds = max(0, int(length.total_seconds()))
    days, rest = divmod(seconds, 86400)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
    return f"{days} {clock}" if days else clock


def _plain(value: Any) -> Any:
    """A stored field as JSON shows it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return _duration(value) if isinstance(value, timedelta) else value
