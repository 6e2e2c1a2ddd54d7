"""MIDs of one's own, from a TOML file."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from . import money
from .mids import BUILT_IN, Mid, WrongMids

_FIELDS: Final = {field.name: field for field in dataclasses.fields(Mid)}
_REQUIRED: Final = ("code", "pg", "name", "flow", "currencies")
_LISTS: Final = ("currencies", "wallets", "operations")
_AMOUNTS: Final = ("fee_fixed", "fee_percent")
_CHOICES: Final[Mapping[str, frozenset[str]]] = {
    "flow": frozenset({"card_onsite", "redirect"}),
    "operation": frozenset({"purchase", "authorize"}),
}
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "currencies": money.CURRENCIES,
    "wallets": frozenset({"apple_pay", "google_pay", "samsung_pay", "wallet"}),
    "operations": frozenset({"capture", "refund", "void"}),
}


def read(path: Path) -> tuple[Mid, ...]:
    """The ``[[mid]]`` tables of the file: the fields of ``Mid``, amounts as strings.

    Raises WrongMids.
    """
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except OSError as error:
        raise WrongMids(f"{path}: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongMids(f"{path}: {error}.") from None
    tables = content.get("mid")
    if not isinstance(tables, list) or not tables:
        raise WrongMids(f"{path}: there is no [[mid]] table in it.")
    codes = {mid.code for mid in BUILT_IN}
    mids = []
    for number, table in enumerate(tables, 1):
        try:
            mid = _mid(table)
        except ValueError as problem:
            raise WrongMids(f"{path}: mid {number}: {problem}.") from None
        if mid.code in codes:
            raise WrongMids(f"{path}: mid {number}: there is a MID {mid.code!r} already.")
        codes.add(mid.code)
        mids.append(mid)
    return tuple(mids)


def _mid(table: Any) -> Mid:
    from .gateways import kinds  # noqa: PLC0415 -- gateways know MIDs

    if not isinstance(table, dict):
        raise ValueError("it is no table")  # noqa: TRY004 -- one exception for a wrong file
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise ValueError(f"there is no setting {unknown[0]!r}")
    for name in _REQUIRED:
        if name not in table:
            raise ValueError(f"{name!r} is missing")
    clean = {name: _value(name, value) for name, value in table.items()}
    for name in ("pg", "mimic"):
        if clean.get(name) and clean[name] not in kinds():
            known = ", ".join(sorted(kinds()))
            raise ValueError(f"{name!r} is {clean[name]!r}, which is none of {known}")
    return Mid(**clean)


def _value(name: str, value: Any) -> Any:
    if name in _LISTS:
        if not isinstance(value, list) or not set(map(str, value)) <= _WORDS[name]:
            raise ValueError(f"{name!r} has to be a list of {', '.join(sorted(_WORDS[name]))}")
        return tuple(value)
    if name in _AMOUNTS:
        try:
            amount = Decimal(value) if isinstance(value, str | int) else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            raise ValueError(f"{name!r} has to be an amount in quotes")
        return amount
    if isinstance(_FIELDS[name].default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"{name!r} has to be true or false")  # noqa: TRY004 -- as above
        return value
    if not isinstance(value, str) or (name in _CHOICES and value not in _CHOICES[name]):
        wanted = " or ".join(sorted(_CHOICES[name])) if name in _CHOICES else "text"
        raise ValueError(f"{name!r} has to be {wanted}")
    return value
