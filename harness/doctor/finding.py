"""What an examination finds: a line for a reader, and what it means for the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from harness.errors import HarnessError

Mark: TypeAlias = Literal["fine", "note", "trouble", "not checked"]

# The nearest to the reader's hand first: with wrong settings, the rest may look wrong as well.
_WORST_FIRST = (2, 3, 1)


class Finding(BaseModel):
    """One line.

    `subject` is what was looked at; `exit_code` is 0 for anything but trouble; `remedy` is what
    to do, empty where `sentence` says it or nothing need be done.
    """

    model_config = ConfigDict(frozen=True)

    subject: str
    mark: Mark
    sentence: str
    remedy: str = ""
    exit_code: int = 0


def fine(subject: str, sentence: str) -> Finding:
    """It is as it should be."""
    return Finding(subject=subject, mark="fine", sentence=sentence)


def noteworthy(subject: str, sentence: str) -> Finding:
    """Nothing is wrong, but a reader should know."""
    return Finding(subject=subject, mark="note", sentence=sentence)


def trouble(subject: str, sentence: str, remedy: str, exit_code: int) -> Finding:
    """Something is wrong: 1 with the checkout, 2 with the settings, 3 with target or machine."""
    return Finding(
        subject=subject, mark="trouble", sentence=sentence, remedy=remedy, exit_code=exit_code
    )


def error(subject: str, raised: HarnessError) -> Finding:
    """The same, as an error tells it."""
    return trouble(subject, raised.message, "", raised.exit_code)


def not_checked(subject: str, reason: str) -> Finding:
    """It could not be looked at, for this reason."""
    return Finding(subject=subject, mark="not checked", sentence=f"not checked because {reason}")


def exit_code(findings: Iterable[Finding]) -> int:
    """The exit code of all of them together."""
    codes = {each.exit_code for each in findings}
    return next((code for code in _WORST_FIRST if code in codes), 0)
