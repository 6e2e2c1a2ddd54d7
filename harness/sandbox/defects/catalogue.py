"""The catalogue of all defects; importing it loads every module that plants one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import CATALOGUE, Defect, DefectCard, in_the_sdk, in_webhooks

__all__ = ["UnknownDefect", "cards", "find", "in_the_sdk", "in_webhooks"]


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
