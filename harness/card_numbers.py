"""Card numbers: what one looks like, what of it may be shown, and where one stands in a text."""

from __future__ import annotations

import re

# Digits in one run, or in the groups printed on cards. What stands in a longer word (a session
# id, a hash) is not a card number, and neither is a number with another grouping (a UUID).
_RUN = re.compile(r"(?<![0-9A-Za-z])\d{12,19}(?![0-9A-Za-z])")
_GROUPS = re.compile(
    r"(?<![\w-])(?:\d{4}(?P<a>[ \u00a0-])\d{4}(?P=a)\d{4}(?P=a)\d{4}(?:(?P=a)\d{3})?"
    r"|\d{4}(?P<b>[ \u00a0-])\d{6}(?P=b)\d{4,5})(?![\w-])"
)
_LONG_GROUPS_TAIL = 3

# Issuer prefix and the lengths it is issued in (ISO/IEC 7812, the schemes' own tables). Lengths
# that are history (Visa with 13 digits, Maestro with 12) are those of reference numbers today.
_ISSUED = re.compile(
    r"4\d{15}(?:\d{3})?"
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}"
    r"|35\d{14}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17}"
    r"|(?:50|5[6-9]|6[0378])\d{14,17}"
)
# Test numbers that Ottu publishes and that no check digit protects: its own gateway, and KNET.
_PUBLISHED = re.compile(r"411111111111111\d?|4111111111111\d\d|888888\d{10}")


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        # A doubled digit counts as the sum of its own digits.
        total += sum(divmod(int(digit) * (2 if position % 2 else 1), 10))
    return total % 10 == 0


def is_one(digits: str) -> bool:
    """Whether a run of digits is a card number by issuer, length and check digit."""
    if _PUBLISHED.fullmatch(digits):
        return True
    return bool(_ISSUED.fullmatch(digits)) and passes_luhn(digits)


def mask(digits: str) -> str:
    """First six and last four of a card number given as digits only."""
    return f"{digits[:6]}…{digits[-4:]}"


def masked(text: str) -> str:
    """`text` with everything in it that looks like a card number masked."""
    return _RUN.sub(_mask_run, _GROUPS.sub(_mask_groups, text))


def _mask_run(match: re.Match[str]) -> str:
    digits = match.group()
    return mask(digits) if is_one(digits) else digits


def _mask_groups(match: re.Match[str]) -> str:
    printed = match.group()
    digits = re.sub(r"\D", "", printed)
    if is_one(digits):
        return mask(digits)
    # Four groups of four, then three digits: a card number with its CVV behind it.
    if len(digits) == 16 + _LONG_GROUPS_TAIL and is_one(digits[:16]):
        return f"{mask(digits[:16])}{printed[-_LONG_GROUPS_TAIL - 1]}***"
    return printed
