"""The catalogue of all defects; importing it loads every module that plants one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import (
    CATALOGUE,
    Defect,
    DefectCard,
    in_gateways,
    in_redirects,
    in_saved_cards,
    in_the_acs,
    in_the_card_form,
    in_the_checkout_api,
    in_the_hosted_page,
    in_the_sdk,
    in_wallets,
    in_webhooks,
)

__all__ = [
    "UnknownDefect",
    "cards",
    "find",
    "in_gateways",
    "in_redirects",
    "in_saved_cards",
    "in_the_acs",
    "in_the_card_form",
    "in_the_checkout_api",
    "in_the_hosted_page",
    "in_the_sdk",
    "in_wallets",
    "in_webhooks",
]


class UnknownDefect(LookupError):
    """No defect has that id."""


def find(ids: Iterable[str]) -> tuple[type[Defect], ...]:
    """The defects with those ids, in that order. Raises UnknownDefect."""
    found = []
    for name in ids:
        if name not in CATALOGUE:
            raise UnknownDefect(name)
        found.append(CATALOGUE[name])
    return tuple(found)


def cards() -> Iterator[DefectCard]:
    """The entries of all defects."""
    return (defect.card for defect in CATALOGUE.values())
