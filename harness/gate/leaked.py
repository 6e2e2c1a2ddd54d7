"""A verdict on evidence that holds a secret: red, and it says where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from harness.evidence.leaks import Leak
from harness.gate.judged import Judged
from harness.gate.verdict import Verdict

_MOST_NAMED: Final = 5
_SENTENCE: Final = "The evidence holds a secret"


def told(judged: Judged, found: Sequence[Leak]) -> Judged:
    """The same with a reason first for each leak; a green verdict becomes a red one.

    A verdict that was red or inconclusive before stays what it was, so that a leak hides no
    broken checkout and no broken run.
    """
    verdict = judged.verdict
    said = [f"{_SENTENCE}: {leak.place} holds {leak.kind}." for leak in found[:_MOST_NAMED]]
    rest = len(found) - _MOST_NAMED
    if rest > 0:
        said.append(f"{_SENTENCE} in {rest} more places.")
    update: dict[str, object] = {"reasons": [*said, *verdict.reasons]}
    if verdict.exit_code == 0:
        update |= {"verdict": "fail", "exit_code": 1}
    return replace(judged, verdict=verdict.model_copy(update=update))


def alone(verdict: Verdict) -> bool:
    """Whether it is red for a leak, and no scenario says anything against the checkout."""
    told_first = verdict.reasons[:1] and verdict.reasons[0].startswith(_SENTENCE)
    return bool(told_first) and verdict.exit_code == 1 and verdict.counts.failed == 0
