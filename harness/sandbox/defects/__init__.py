"""Planted defects: named faults of the checkout that the scenarios must notice.

A defect is a subclass of the part it bites, overriding the one method that goes wrong; it is
mixed into that part for a tenant at run time, so the correct code knows nothing of it.
Defects of the SDK script and the card form are overrides in browser code with the same id
(``sdk/defects``, ``templates/card_form/defects.js``): a ``BrowserDefect``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar, cast

T = TypeVar("T", bound=type)


class Defect:
    """Base of all defects; ``card`` says what it is."""

    card: DefectCard


class BrowserDefect(Defect):
    """A defect whose override stands in browser code, wherever else it may bite as well."""


Severity = Literal["blocker", "critical", "major", "minor"]
Place = Literal[
    "SDK",
    "card form",
    "Checkout API",
    "gateway",
    "ACS",
    "redirect",
    "webhook",
    "saved cards",
    "wallet",
    "hosted page",
]


@dataclass(frozen=True, slots=True)
class DefectCard:
    """The catalogue entry of a defect."""

    id: str
    sentence: str
    place: Place
    severity: Severity
    flows: tuple[str, ...]


CATALOGUE: Final[dict[str, type[Defect]]] = {}


def defect(
    name: str, *, place: Place, severity: Severity, flows: tuple[str, ...]
) -> Callable[[T], T]:
    """Enter a class into the catalogue; its docstring is the sentence.

    ``flows`` are the promises of the checkout it breaks: a scenario of one of them must fail.
    """

    def enter(cls: T) -> T:
        sentence = (cls.__doc__ or "").strip().splitlines()[0]
        cls.card = DefectCard(name, sentence, place, severity, flows)  # type: ignore[attr-defined]
        CATALOGUE[name] = cast("type[Defect]", cls)
        return cls

    return enter


def composed(kind: type[Any], defects: tuple[type[Defect], ...]) -> type[Any]:
    """The part ``kind`` with the overrides of those defects that bite it."""
    biting = tuple(defect for defect in defects if issubclass(defect, kind))
    return type(f"Defective{kind.__name__}", biting, {}) if biting else kind


def in_browser(defects: Iterable[type[Defect]]) -> list[str]:
    """The ids of those defects that bite in the SDK script or the card form."""
    return [d.card.id for d in defects if issubclass(d, BrowserDefect)]
