"""A verdict on evidence that holds a secret: red, and it says where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from harness.evidence.leaks import Leak
from harness.gate.judged import Judged

_MOST_NAMED: Final = 5


def told(judged: Judged, found: Sequence[Leak]) -> Judged:
    """The same with a reason first for each leak; a green verdict becomes a red one.

    A verdict that was red or inconclusive before stays what it was, so that a leak hides no
    broken checkout and no broken run.
    """
    verdict = judged.verdict
    said = [
        f"The evidence holds a secret: {leak.place} holds {leak.kind}."
        for leak in found[:_MOST_NAMED]
    ]
    rest = len(found) - _MOST_NAMED
    if rest > 0:
        said.append(f"The evidence holds a secret in {rest} more places.")
    update: dict[str, object] = {"reasons": [*said, *verdict.reasons]}
    if verdict.exit_code == 0:
        update |= {"verdict": "fail", "exit_code": 1}
    return replace(judged, verdict=verdict.model_copy(update=update))
