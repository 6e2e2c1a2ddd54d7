"""Identifiers in the forms Ottu uses."""

from __future__ import annotations

import secrets
from typing import Final

_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def session_id() -> str:
    """A session id: 40 hexadecimal digits."""
    return secrets.token_hex(20)


def reference_number() -> str:
    """A reference number such as ``sandboxAQ5DJ7K``: the installation's name and a short code."""
    return "sandbox" + _letters(8)


def short_code() -> str:
    """The code of a short link."""
    return _letters(7)


def _letters(count: int) -> str:
    """Letters and digits that are not mistaken for each other: 32 of them, so none is favoured."""
    return "".join([_ALPHABET[byte & 31] for byte in secrets.token_bytes(count)])


def digits(count: int) -> str:
    """A run of decimal digits, as gateways number their payments."""
    return "".join(str(secrets.randbelow(10)) for _ in range(count))


def card_token() -> str:
    """A token that stands for a card: 16 digits that can be no card number (it starts with 9)."""
    return "9" + digits(15)
