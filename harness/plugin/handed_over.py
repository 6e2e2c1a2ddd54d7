"""A target that another command of the harness hands over, whatever the settings name."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.settings import Conduct, Target

#: Environment variable: a private file that holds what is handed over, keys included.
FILE: Final = "CHECKOUT_HARNESS_HANDED_OVER"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The target of a run, and how the run is to behave there."""

    target: Target
    conduct: Conduct

    def write(self, file: Path) -> None:
        """Write it to a new file that nobody else can read."""
        file.touch(mode=0o600, exist_ok=False)
        said = {"target": self.target.to_wire(), "conduct": self.conduct.model_dump(mode="json")}
        file.write_text(json.dumps(said), encoding="utf-8")


def handed_over() -> HandedOver | None:
    """What was handed over to this process, None where nothing was."""
    file = os.environ.get(FILE)
    if not file:
        return None
    said = json.loads(Path(file).read_text(encoding="utf-8"))
    return HandedOver(
        Target.model_validate(said["target"]), Conduct.model_validate(said["conduct"])
    )
