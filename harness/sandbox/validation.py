"""Checking what a request carries, field by field, with Django REST framework's messages.

A *rule* takes a raw value and gives the clean one, or raises Bad with the message the API
would show at that field. Unknown keys are ignored and nulls count as not given, as real
clients rely on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from . import money
from .errors import Invalid

Rule = Callable[[Any], Any]

_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_URL: Final = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_DURATION: Final = re.compile(r"(?:(\d{1,6}) )?(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?")
REQUIRED: Final = "This field is required."
_FINEST: Final = Decimal("0.000001")


class Bad(Exception):
    """A value that its rule does not accept; ``detail`` is what stands in the answer."""

    def __init__(self, detail: Any) -> None:
        super().__init__(detail)
        self.detail = detail


def string(max_length: int | None = None) -> Rule:
    """Text, trimmed, of at most ``max_length`` characters."""

    def rule(value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise Bad(["Not a valid string."])
        clean = str(value).strip()
        if "\x00" in clean:
            raise Bad(["Null characters are not allowed."])
        if max_length is not None and len(clean) > max_length:
            raise Bad([f"Ensure this field has no more than {max_length} characters."])
        return clean

    return rule


def choice(*allowed: str) -> Rule:
    """One of the given words."""

    def rule(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Bad([f'"{_shown(value)}" is not a valid choice.'])
        return value

    return rule


def email(max_length: int = 128) -> Rule:
    """An e-mail address."""
    text = string(max_length)

    def rule(value: Any) -> str:
        clean: str = text(value)
        if clean and not _EMAIL.fullmatch(clean):
            raise Bad(["Enter a valid email address."])
        return clean

    return rule


def url(max_length: int = 2000) -> Rule:
    """A web address."""
    text = string(max_length)

    def rule(value: Any) -> str:
        clean: str = text(value)
        if clean and not _URL.fullmatch(clean):
            raise Bad(["Enter a valid URL."])
        return clean

    return rule


def amount(currency_code: str, *, zero_allowed: bool = False) -> Rule:
    """A positive amount with no more decimals than its currency has."""

    def rule(value: Any) -> Decimal:
        try:
            clean = money.parse(value)
        except ValueError:
            raise Bad(["A valid number is required."]) from None
        if abs(clean) > money.LARGEST:
            raise Bad(["Ensure that there are no more than 15 digits in total."])
        if clean == 0:
            clean = Decimal(0)  # zero has a sign and any exponent
        places = money.decimals(currency_code)
        if clean != money.rounded(clean, currency_code):
            raise Bad([f"Ensure that there are no more than {places} decimal places."])
        if clean < 0 or (clean == 0 and not zero_allowed):
            smallest = money.text(money.quantum(currency_code), currency_code)
            raise Bad([f"Ensure this value is greater than or equal to {smallest}."])
        return money.rounded(clean, currency_code)

    return rule


def decimal(minimum: Decimal, maximum: Decimal) -> Rule:
    """A decimal number within bounds that belongs to no currency, such as a rate."""

    def rule(value: Any) -> Decimal:
        try:
            clean = money.parse(value)
        except ValueError:
            raise Bad(["A valid number is required."]) from None
        if clean < minimum:
            raise Bad([f"Ensure this value is greater than or equal to {minimum}."])
        if clean > maximum:
            raise Bad([f"Ensure this value is less than or equal to {maximum}."])
        if clean != clean.quantize(_FINEST):
            raise Bad(["Ensure that there are no more than 6 decimal places."])
        return clean

    return rule


def integer(minimum: int, maximum: int) -> Rule:
    """A whole number within bounds."""

    def rule(value: Any) -> int:
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,15}", str(value).strip()):
            raise Bad(["A valid integer is required."])
        clean = int(str(value).strip())
        if clean < minimum:
            raise Bad([f"Ensure this value is greater than or equal to {minimum}."])
        if clean > maximum:
            raise Bad([f"Ensure this value is less than or equal to {maximum}."])
        return clean

    return rule


def boolean(value: Any) -> bool:
    """True or false, also as the words that forms send."""
    word = str(value).strip().lower() if isinstance(value, bool | int | str) else ""
    if word in {"true", "1", "t", "yes", "y", "on"}:
        return True
    if word in {"false", "0", "f", "no", "n", "off", ""}:
        return False
    raise Bad(["Must be a valid boolean."])


def anything(value: Any) -> Any:
    """Any JSON value, kept as it is."""
    return value


def mapping(value: Any) -> dict[str, Any]:
    """A JSON object with free content."""
    if not isinstance(value, Mapping):
        raise Bad([f'Expected a dictionary of items but got type "{type(value).__name__}".'])
    return dict(value)


def day(value: Any) -> str:
    """A calendar date, kept as ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise Bad(
            ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]
        ) from None


def moment(value: Any) -> datetime:
    """A point in time, ISO 8601 or the ``DD/MM/YYYY HH:MM[:SS]`` that clients also send; UTC."""
    words = str(value).strip()
    for pattern in ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"):
        try:
            return datetime.strptime(words, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        parsed = datetime.fromisoformat(words)
    except ValueError:
        raise Bad(
            [
                (
                    "Datetime has wrong format. Use one of these formats instead: "
                    "DD/MM/YYYY hh:mm[:ss], YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
                )
            ]
        ) from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def duration(value: Any) -> timedelta:
    """A length of time written ``[DD] [HH:]MM:SS``, as ``expiration_time`` is."""
    match = _DURATION.fullmatch(str(value).strip())
    if match is None:
        raise Bad(
            [
                (
                    "Duration has wrong format. Use one of these formats instead: "
                    "[DD] [HH:[MM:]]ss[.uuuuuu]."
                )
            ]
        )
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length <= timedelta(0):
        raise Bad(["Ensure this value is greater than 0 seconds."])
    return length


def items(rule: Rule, *, may_be_empty: bool = False) -> Rule:
    """A list whose every item obeys ``rule``; messages stand at the item's number."""

    def clean_list(value: Any) -> list[Any]:
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise Bad([f'Expected a list of items but got type "{type(value).__name__}".'])
        if isinstance(value, Mapping):
            raise Bad(['Expected a list of items but got type "dict".'])
        clean: list[Any] = []
        problems: dict[str, Any] = {}
        for number, item in enumerate(value):
            try:
                clean.append(rule(item))
            except Bad as bad:
                problems[str(number)] = bad.detail
        if problems:
            raise Bad(problems)
        if not clean and not may_be_empty:
            raise Bad(["This list may not be empty."])
        return clean

    return clean_list


def fields(rules: Mapping[str, Rule], required: Iterable[str] = ()) -> Rule:
    """A nested object with its own fields."""

    def rule(value: Any) -> dict[str, Any]:
        given = mapping(value)
        try:
            return checked(given, rules, required)
        except Invalid as invalid:
            raise Bad(invalid.body) from None

    return rule


def checked(
    given: Mapping[str, Any], rules: Mapping[str, Rule], required: Iterable[str] = ()
) -> dict[str, Any]:
    """The clean fields of a request. Raises Invalid with every problem at once."""
    clean: dict[str, Any] = {}
    problems: dict[str, Any] = {}
    for name, rule in rules.items():
        value = given.get(name)
        if value is None:
            continue
        try:
            clean[name] = rule(value)
        except Bad as bad:
            problems[name] = bad.detail
    for name in required:
        if name not in problems and clean.get(name) in (None, ""):
            missing = name not in given or given[name] is None
            problems[name] = [REQUIRED if missing else "This field may not be blank."]
    if problems:
        raise Invalid(problems)
    return clean


def _shown(value: Any) -> str:
    """A value as an error message may repeat it: short."""
    return str(value)[:60]
