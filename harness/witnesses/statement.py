"""Comparing what witnesses say: all of it must agree, and a disagreement names the odd one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: What witnesses can know of a payment, in the order a table shows it.
FACTS: Final = (
    "session",
    "order",
    "reference",
    "amount",
    "total",
    "currency",
    "state",
    "gateway",
    "method",
    "challenge",
    "message",
)

_LONGEST: Final = 22
_ODD: Final = "✗"


class WitnessesDisagree(AssertionError):
    """The checkout did not do what was expected, or its witnesses contradict each other."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one witness says: facts by name, and what is wrong with its account as such."""

    witness: str
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[str] = ()


def agree(expected: Mapping[str, str], statements: Iterable[Statement], hint: str = "") -> None:
    """Pass when every witness says what is expected and no two contradict each other.

    A fact that nothing is expected of (a reference number) must be the same for all who know
    it. ``hint`` ends the message: how to run the scenario again.

    Raises:
        WitnessesDisagree: with every problem in a sentence, and all accounts in one table.
    """
    heard = list(statements)
    due = {**_majority(heard), **expected}
    problems = [
        f"{statement.witness}: {problem}" for statement in heard for problem in statement.problems
    ]
    for statement in heard:
        for name, value in statement.facts.items():
            if name in due and value != due[name]:
                problems.append(
                    f"{statement.witness}: {name} is {value or 'empty'}, {due[name]} was expected"
                )
    if problems:
        lines = [*problems, "", *_table(due, heard)]
        raise WitnessesDisagree("\n".join([*lines, hint] if hint else lines))


def _majority(heard: Sequence[Statement]) -> dict[str, str]:
    """What most witnesses say of each fact; the first of them where they are split."""
    due = {}
    for name in FACTS:
        said = Counter(s.facts[name] for s in heard if s.facts.get(name))
        if said:
            due[name] = said.most_common(1)[0][0]
    return due


def _table(due: Mapping[str, str], heard: Sequence[Statement]) -> list[str]:
    """One witness a row, what was due first; an odd value and an odd witness carry a cross."""
    names = [name for name in FACTS if name in due or any(name in s.facts for s in heard)]
    rows = [["", "expected", *(_short(due.get(name, "")) for name in names)]]
    for statement in heard:
        cells, odd = [], bool(statement.problems)
        for name in names:
            value = statement.facts.get(name)
            wrong = value is not None and name in due and value != due[name]
            odd = odd or wrong
            shown = "·" if value is None else _short(value) or "(empty)"
            cells.append(f"{shown} {_ODD}" if wrong else shown)
        rows.append([_ODD if odd else "", statement.witness, *cells])
    head = ["", "witness", *names]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]
    return [lines[0], "-" * len(lines[0]), *lines[1:]]


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:10]}…{value[-8:]}"
