"""One thing seen of a target, and the file in which a child process leaves what it saw."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.errors import InfrastructureError

FILE_NAME = "observations.jsonl"

Area: TypeAlias = Literal["api", "sdk", "callbacks", "locators"]

FOUND = "found"
MISSING = "not found"
#: What an act fails with that was played to its end, without finding everything.
HELD = "not found: "


class Observation(BaseModel):
    """What was seen, fit for comparing: a kind of value, or a word of the protocol.

    `where` names the exchange or the part of the checkout, `what` the field or the locator,
    `hint` what a reader needs to go and look.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: Area
    where: str
    what: str
    seen: str
    hint: str = ""


def note(observations: Iterable[Observation], folder: Path) -> None:
    """Add observations to those in `folder`, a line each."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
        file.writelines(f"{each.model_dump_json()}\n" for each in observations)


def noted(folder: Path) -> list[Observation]:
    """What was noted in `folder`; empty where nothing was.

    Raises:
        InfrastructureError: the file holds something else.
    """
    file = folder / FILE_NAME
    if not file.exists():
        return []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [Observation.model_validate_json(line) for line in lines]
    except (OSError, ValidationError) as error:
        message = f"{file} cannot be read: {type(error).__name__}."
        raise InfrastructureError(message) from error
