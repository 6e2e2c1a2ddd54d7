"""Checking a typed card on the server: what the form lets through is checked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import Invalid
from .gateways import CardDetails
from .gateways.ottu_pg import TEST_NUMBERS
from .tenants import Part
from .validation import REQUIRED


class CardEntry(Part):
    """The rules a typed card must obey. Each check gives its message, or None when it is fine."""

    def read(self, given: object) -> CardDetails:
        """The card of a payment request. Raises Invalid with messages by field under ``card``."""
        card = given if isinstance(given, Mapping) else {}
        number = _digits(card.get("number"))
        month = _digits(card.get("expiry_month"))
        year = _digits(card.get("expiry_year"))
        code = _digits(card.get("cvv"))
        problems: dict[str, Any] = {}
        for name, given_text, problem in (
            ("number", number, self.number_problem(number)),
            ("expiry_month", month, self.month_problem(month)),
            ("expiry_year", year, self.year_problem(month, year)),
            ("cvv", code, self.code_problem(code)),
        ):
            if not given_text and self.demands(name):
                problems[name] = [REQUIRED]
            elif problem:
                problems[name] = [problem]
        if problems:
            raise Invalid({"card": problems})
        return CardDetails(
            number=number,
            expiry_month=int(month),
            expiry_year=_full_year(year),
            code=code,
            name_on_card=str(card.get("name_on_card") or "")[:64],
        )

    def demands(self, name: str) -> bool:
        """Whether the field must be filled in: all of them must."""
        return True

    def number_problem(self, number: str) -> str | None:
        """12 to 19 digits with a right check digit, or one of the sandbox's published numbers."""
        if number in TEST_NUMBERS or (12 <= len(number) <= 19 and _luhn(number)):
            return None
        return "Invalid card number"

    def month_problem(self, month: str) -> str | None:
        """January to December."""
        return None if month and 1 <= int(month) <= 12 else "Invalid month"

    def year_problem(self, month: str, year: str) -> str | None:
        """A card is good until the end of its last month."""
        if len(year) not in (2, 4):
            return "Invalid year"
        now = self.tenant.clock.now()
        last = int(month) if month and 1 <= int(month) <= 12 else 12
        expired = (_full_year(year), last) < (now.year, now.month)
        return "Card has expired" if expired else None

    def code_problem(self, code: str) -> str | None:
        """Three or four digits."""
        return None if 3 <= len(code) <= 4 else "Invalid CVV code"


def _digits(value: object) -> str:
    """The digits of what was typed, without the spaces and dashes people put in; else empty."""
    text = str(value if value is not None else "").replace(" ", "").replace("-", "")
    return text if text.isascii() and text.isdigit() and len(text) <= 32 else ""


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _luhn(number: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
