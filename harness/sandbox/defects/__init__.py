"""Planted defects: named faults of the checkout that the scenarios must notice.

A defect is a subclass of the part it bites, overriding the one method that goes wrong; it is
mixed into that part for a tenant at run time, so the correct code knows nothing of it.
Defects of the SDK script and the card form are overrides in browser code (``sdk/defects``)
with the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

T = TypeVar("T", bound=type)


class Defect:
    """Base of all defects; ``card`` says what it is."""

    card: DefectCard


@dataclass(frozen=True, slots=True)
class DefectCard:
    """The catalogue entry of a defect."""

    id: str
    sentence: str
    place: str
    severity: str
    flows: tuple[str, ...]


CATALOGUE: Final[dict[str, type[Defect]]] = {}


def defect(name: str, *, place: str, severity: str, flows: tuple[str, ...]) -> Callable[[T], T]:
    """Enter a class into the catalogue; its docstring is the sentence."""

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
    return [d.card.id for d in defects if d.card.place in ("SDK", "card form")]
