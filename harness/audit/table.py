"""The findings as a person reads them in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from harness.audit.findings import Finding, Findings

_REASON_WIDTH = 60


def show(findings: Findings, console: Console) -> None:
    """Print the defects, what survived, and the scenarios that notice nothing."""
    table = Table(title="Planted defects", title_justify="left", expand=False)
    for heading in ("defect", "place", "severity", "verdict", "noticed by"):
        table.add_column(heading, overflow="fold")
    for each in findings.defects:
        table.add_row(each.id, each.place, each.severity, _verdict(each), _noticed(each))
    console.print(table)
    for pair in findings.control:
        console.print(f"[red]control: {pair.scenario} {pair.verdict}: {pair.reason}[/red]")
    for each in findings.defects:
        if each.verdict == "survived":
            console.print(f"[red]survived: {each.id}[/red] {each.sentence}")
            for run in each.apart:
                said = f"    {run.why}: {short(run.scenario)}: {run.reason[:_REASON_WIDTH]}"
                console.print(said, markup=False)
    if findings.idle_scenarios and not findings.control:
        console.print(f"{len(findings.idle_scenarios)} scenarios noticed no defect:")
        for scenario in findings.idle_scenarios:
            console.print(f"    {scenario}", markup=False)
    console.print(closing(findings), markup=False)


def closing(findings: Findings) -> str:
    """The audit in a sentence."""
    count = len(findings.defects)
    if findings.control:
        return f"The control is not green ({len(findings.control)} runs), so nothing is shown."
    off = f" without {', '.join(findings.without)}" if findings.without else ""
    return (
        f"{findings.killed} of {count} defects killed{off}, {findings.survived} survived; "
        f"{findings.runs} runs in {findings.duration_s:.0f} s."
    )


def _verdict(finding: Finding) -> str:
    colour = "green" if finding.verdict == "killed" else "red"
    return f"[{colour}]{finding.verdict}[/{colour}]"


def _noticed(finding: Finding) -> str:
    if not finding.detectors:
        return ""
    more = len(finding.detectors) - 1
    return short(finding.detectors[0].scenario).replace("[", "\\[") + (f" +{more}" if more else "")


def short(scenario: str) -> str:
    """A scenario without its file."""
    name = scenario.rpartition("::")[2].removeprefix("test_")
    return name.replace("[chromium]", "").replace("[chromium-", "[")
