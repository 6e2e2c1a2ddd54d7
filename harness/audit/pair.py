"""One scenario run with one defect, and what came of it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from harness.audit.plan import CONTROL

#: *noticed*: the scenario failed on an assertion. *timed out* (an action found nothing to act
#: on) and *broken* say nothing of what the scenario would have asserted, so they do not count.
Verdict = Literal["noticed", "passed", "timed out", "broken", "skipped", "left out"]


class Pair(BaseModel):
    """The result of a scenario that ran with a defect planted (or as a control, without)."""

    model_config = ConfigDict(frozen=True)

    defect: str
    scenario: str
    flow: str
    verdict: Verdict
    reason: str = ""
    duration_s: float = 0.0

    @property
    def is_control(self) -> bool:
        """Whether it ran without a defect."""
        return self.defect.startswith(CONTROL)
