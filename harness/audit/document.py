"""The findings as a section of a Markdown document."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from harness.audit.findings import Findings
from harness.audit.table import closing, short
from harness.errors import ConfigurationError

BEGIN: Final = "<!-- audit: made by `python -m harness audit --document`, not by hand -->"
END: Final = "<!-- audit: end -->"


def write(findings: Findings, file: Path) -> None:
    """Put the section in the place of the one that stands in the document.

    Raises:
        ConfigurationError: the document has no place for it.
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ConfigurationError(f"{file} has no place for the audit between {BEGIN} and {END}.")
    file.write_text(f"{before}{BEGIN}\n{section(findings)}{END}{after}", encoding="utf-8")


def section(findings: Findings) -> str:
    """The table of defects, and the scenarios with what each noticed."""
    lines = ["", closing(findings), "", "| defect | what breaks | place | severity | noticed by |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for each in findings.defects:
        noticed = ", ".join(f"`{short(d.scenario)}`" for d in each.detectors[:2]) or "**nobody**"
        lines.append(
            f"| `{each.id}` | {each.sentence} | {each.place} | {each.severity} | {noticed} |"
        )
    lines += ["", "| scenario | flow | kills |", "| --- | --- | --- |"]
    for watch in findings.scenarios:
        kills = ", ".join(f"`{each}`" for each in watch.kills) or "**none**"
        lines.append(f"| `{short(watch.id)}` | {watch.flow} | {kills} |")
    return "\n".join([*lines, "", ""])
