"""`doctor`: examine, show each finding as it is made, keep all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from harness.doctor import lines, memory
from harness.doctor.examination import examine
from harness.doctor.patient import Patient
from harness.redaction import redactor


def run(
    options: Mapping[str, str | None], section: str | None, reports: Path, *, as_json: bool
) -> int:
    """Examine what `options` and the section name; gives the exit code.

    Raises:
        InfrastructureError: nothing can be written to `reports`.
    """
    patient = Patient(options, section, reports, memory.scripts_of_last_time(reports))
    console = Console(quiet=as_json, highlight=False)
    findings = []
    for found in examine(patient):
        clean = found.model_copy(
            update={name: redactor.text(getattr(found, name)) for name in ("sentence", "remedy")}
        )
        findings.append(clean)
        lines.show(clean, console)
    made = memory.keep(patient, findings)
    lines.show_verdict(made.exit_code, console)
    if as_json:
        print(made.model_dump_json(indent=2))
    return made.exit_code
