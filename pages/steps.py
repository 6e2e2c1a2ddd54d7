"""Telling what the customer does, in the customer's words, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

Narrator = Callable[[str], AbstractContextManager[object]]

_narrator: Narrator = nullcontext


def narrate_to(narrator: Narrator) -> Narrator:
    """Let ``narrator`` surround every step from now on; gives the one before it.

    It gets the sentence of the step and is left when the step is over, also by an exception.
    """
    global _narrator
    before, _narrator = _narrator, narrator
    return before


def step(sentence: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """What a verb of a page object means to the customer: "press the button that pays"."""

    def told(verb: Callable[P, R]) -> Callable[P, R]:
        @wraps(verb)
        def telling(*args: P.args, **kwargs: P.kwargs) -> R:
            with _narrator(sentence):
                return verb(*args, **kwargs)

        return telling

    return told
