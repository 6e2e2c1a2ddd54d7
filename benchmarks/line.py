"""The straight line nearest to some points."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`start` + `slope` · x; `r2` is the share of what is seen that the line explains."""

    start: float
    slope: float
    r2: float

    def at(self, x: float) -> float:
        """What the line says there."""
        return self.start + self.slope * x


def through(xs: Sequence[float], ys: Sequence[float]) -> Line:
    """The line of least squares; two points or more, not all above one another."""
    slope, start = statistics.linear_regression(xs, ys)
    level = statistics.fmean(ys)
    scatter = sum((y - level) ** 2 for y in ys)
    missed = sum((y - start - slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    return Line(start, slope, 1 - missed / scatter if scatter else 1.0)
