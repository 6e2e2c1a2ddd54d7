"""What one session of an audit is to run, as the command hands it to pytest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

#: Stands for "no defect" in front of the number of a control run.
CONTROL: Final = "control/"


class Planted(BaseModel):
    """A defect and the flows whose scenarios are to run with it; None: all of them."""

    model_config = ConfigDict(frozen=True)

    id: str
    flows: tuple[str, ...] | None


class Plan(BaseModel):
    """One session.

    Attributes:
        controls: how many times every scenario runs without a defect.
        defects: what is planted, each for the scenarios of its flows.
        exhaustive: run every pair; else one is left out when its defect has been noticed and
            its scenario has noticed something.
        done: pairs (defect, scenario) of an earlier, interrupted session.
        noticed: the pairs among them that were noticed.
        tally: a folder through which the workers tell each other what has been noticed.
        events: the file descriptor that hears of every pair as it ends.
    """

    model_config = ConfigDict(frozen=True)

    controls: int = 0
    defects: tuple[Planted, ...] = ()
    exhaustive: bool = False
    done: frozenset[tuple[str, str]] = frozenset()
    noticed: frozenset[tuple[str, str]] = frozenset()
    tally: Path
    events: int

    def planted_for(self, flow: str) -> list[str]:
        """What the scenarios of a flow run with: control runs, then defects, by id."""
        controls = [f"{CONTROL}{number + 1}" for number in range(self.controls)]
        claiming = [each.id for each in self.defects if each.flows is None or flow in each.flows]
        return controls + claiming
