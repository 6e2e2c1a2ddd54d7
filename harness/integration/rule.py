"""What a rule is: a demand of Ottu's documentation, and how a visit is judged by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from harness.integration.visit import Visit

Verdict: TypeAlias = Literal["held", "broken", "unchecked"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a visit says of a rule, and the evidence for it in one sentence."""

    verdict: Verdict
    evidence: str


def held(evidence: str) -> Judgement:
    """The visit shows that the page keeps the rule."""
    return Judgement("held", evidence)


def broken(evidence: str) -> Judgement:
    """The visit shows that the page breaks the rule."""
    return Judgement("broken", evidence)


def unchecked(reason: str) -> Judgement:
    """The visit says nothing of the rule, for this reason."""
    return Judgement("unchecked", reason)


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand.

    Attributes:
        id: its name in checklists.
        demand: what a page must do, in a sentence.
        source: where Ottu says so.
        judge: what a visit says of it.
        required: whether a checklist is inconclusive while this could not be checked. Not
            required is what a page may leave out, or a session may not offer.
    """

    id: str
    demand: str
    source: str
    judge: Callable[[Visit], Judgement]
    required: bool = True
