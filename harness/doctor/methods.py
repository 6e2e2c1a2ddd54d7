"""What the merchant can be paid with, currency by currency."""

from __future__ import annotations

from collections.abc import Iterator

from harness.doctor.finding import Finding, fine, trouble
from harness.doctor.patient import Patient


def methods(patient: Patient) -> Iterator[Finding]:
    """The gateways of every currency; those named in the settings are among them."""
    target = patient.ottu
    codes = {each.code for each in patient.offered}
    absent = [code for code in target.pg_codes if code not in codes]
    if not patient.offered:
        yield trouble(
            "payment methods",
            "This merchant has no payment gateway.",
            "Have one added to the account, for the plugin e_commerce.",
            2,
        )
    elif absent:
        yield trouble(
            "payment methods",
            f"{', '.join(absent)} is not offered to this merchant; there is "
            f"{', '.join(sorted(codes))}.",
            "Set OTTU_PG_CODES to codes of these, or unset it for all of them.",
            2,
        )
    wanted = target.pg_codes or codes
    by_currency: dict[str, list[str]] = {}
    for method in patient.offered:
        if method.code in wanted:
            for currency in method.accepted_currencies:
                by_currency.setdefault(currency, []).append(method.code)
    for currency, offered in sorted(by_currency.items()):
        yield fine(f"payable in {currency}", ", ".join(offered))
