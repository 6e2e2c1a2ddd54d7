"""What the SDK's script element names, in the page's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harness.callbacks.event import Kind


@dataclass(frozen=True, slots=True)
class Named:
    """What one attribute of a script says.

    Attributes:
        kind: the callback or hook.
        name: the attribute's value, as the page wrote it.
        address: the whole address where the value is one, else None.
        defined: whether a global function of that name is there at the moment.
    """

    kind: Kind
    name: str
    address: str | None
    defined: bool


@dataclass(frozen=True, slots=True)
class ScriptWiring:
    """A script element with callbacks or hooks in its attributes; `src` is its whole address."""

    src: str
    targets: tuple[Named, ...]


def parsed_wiring(told: Iterable[dict[str, Any]]) -> list[ScriptWiring]:
    """The wiring that the script in a page told of."""
    return [
        ScriptWiring(each["src"], tuple(Named(**target) for target in each["targets"]))
        for each in told
    ]
