"""Defects of the customer's way back to the merchant."""

from __future__ import annotations

from harness.sandbox.payments import Payments
from harness.sandbox.states import SETTLED
from harness.sandbox.transactions import Transaction
from harness.sandbox.way_back import WayBack

from . import Defect, defect


def _with(address: str, name: str, value: str) -> str:
    """The address with another value of a parameter."""
    before, _, rest = address.partition(f"{name}=")
    return f"{before}{name}={value}{rest[rest.find('&') :] if '&' in rest else ''}"


@defect(
    "redirect/without-order-number",
    place="redirect",
    severity="critical",
    flows=("card/paid", "redirect/paid", "redirect/declined"),
)
class WithoutOrderNumber(Defect, Payments):
    """The merchant's address comes without order_no."""

    def merchant_address(self, redirect_url: str, transaction: Transaction) -> str:
        return _with(super().merchant_address(redirect_url, transaction), "order_no", "")


@defect(
    "redirect/of-another-session",
    place="redirect",
    severity="critical",
    flows=("card/paid", "redirect/paid"),
)
class OfAnotherSession(Defect, Payments):
    """The merchant's address names another session."""

    def merchant_address(self, redirect_url: str, transaction: Transaction) -> str:
        other = transaction.session_id[::-1]
        return _with(super().merchant_address(redirect_url, transaction), "session_id", other)


@defect(
    "redirect/to-another-shop",
    place="redirect",
    severity="blocker",
    flows=("card/paid", "redirect/paid", "link/shared"),
)
class ToAnotherShop(Defect, Payments):
    """The customer is taken to somebody else's shop."""

    def merchant_address(self, redirect_url: str, transaction: Transaction) -> str:
        address = super().merchant_address(redirect_url, transaction)
        return address.replace("/shops/", "/shops/not-", 1)


@defect(
    "redirect/not-taken-back",
    place="redirect",
    severity="critical",
    flows=("card/paid", "redirect/paid", "link/bulk"),
)
class NotTakenBack(Defect, Payments):
    """A customer who has paid is left on Ottu's own page though the merchant was told."""

    def way_back(self, transaction: Transaction, answered: int | None) -> str | None:
        return super().way_back(transaction, None)


@defect(
    "redirect/unpaid-not-taken-back",
    place="redirect",
    severity="major",
    flows=("redirect/declined", "redirect/cancelled"),
)
class UnpaidNotTakenBack(Defect, Payments):
    """A customer who has not paid is left on Ottu's own page."""

    def way_back(self, transaction: Transaction, answered: int | None) -> str | None:
        return super().way_back(transaction, answered if transaction.state in SETTLED else None)


@defect("redirect/open", place="redirect", severity="blocker", flows=("redirect/paid",))
class Open(Defect, WayBack):
    """Whoever writes a `redirect_url` into the gateway's address decides where it leads."""

    def after_gateway(self, known: str, asked: str) -> str:
        return asked or known


@defect(
    "redirect/without-reference",
    place="redirect",
    severity="major",
    flows=("redirect/paid", "redirect/declined"),
)
class WithoutReference(Defect, Payments):
    """Back from a gateway's page, the merchant's address has no reference number."""

    def merchant_address(self, redirect_url: str, transaction: Transaction) -> str:
        address = super().merchant_address(redirect_url, transaction)
        attempt = transaction.settling_attempt
        offsite = attempt is not None and attempt.form_of_payment == "redirect"
        return _with(address, "reference_number", "") if offsite else address
