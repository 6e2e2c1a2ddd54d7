"""The last examination on disk: for machines to read, and to know a changed script by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from harness.doctor.finding import Finding, exit_code
from harness.doctor.patient import Patient, Script
from harness.gate import files

FILE_NAME: Final = "doctor.json"


class Examination(BaseModel):
    """What is kept of one; `scripts` also of those before it, by the script's address."""

    model_config = ConfigDict(extra="ignore")

    at: AwareDatetime
    exit_code: int
    target: dict[str, Any] | None
    findings: list[Finding]
    scripts: dict[str, Script] = {}


def scripts_of_last_time(reports: Path) -> dict[str, Script]:
    """What earlier examinations fetched; nothing where there was none, or none that can be read."""
    try:
        text = (reports / FILE_NAME).read_text(encoding="utf-8")
        return Examination.model_validate_json(text).scripts
    except (OSError, ValidationError):
        return {}


def keep(patient: Patient, findings: Sequence[Finding]) -> Examination:
    """Write this examination to the reports folder, and give it.

    Raises:
        InfrastructureError: it cannot be written.
    """
    made = Examination(
        at=datetime.now(UTC),
        exit_code=exit_code(findings),
        target=patient.target.public() if patient.target else None,
        findings=list(findings),
        scripts={**patient.known_scripts, **patient.scripts},
    )
    files.write(patient.reports / FILE_NAME, made.model_dump_json(indent=2) + "\n")
    return made
