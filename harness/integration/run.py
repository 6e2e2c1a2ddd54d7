"""`integration`: visit a merchant's page under supervision, and leave a checklist behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from harness import pytest_process
from harness.errors import ConfigurationError, HarnessError, InfrastructureError
from harness.evidence import allure_report, leaks
from harness.evidence.noted import noting
from harness.gate import files
from harness.gate.supervise import Ending, supervise
from harness.integration import table
from harness.integration.checklist import FILE, Checklist
from harness.redaction import NOTED_IN

SCENARIOS: Final = Path("scenarios/merchant_page")

#: Where nobody's terminal says how wide it is: a CI log.
_LOG_WIDTH: Final = 100
# Named by number: importing pytest takes longer than everything else this process does.
_USAGE_ERROR: Final = 4


def run(url: str, arguments: Sequence[str], reports: Path, *, report: bool = True) -> int:
    """Look at the page and say what was found; `arguments` go to pytest.

    `reports` then holds the checklist and, with `report`, the Allure page. Gives the exit code:
    0 wired right, 1 a rule is broken, 2 wrong settings, 3 nothing is known.

    Raises:
        ConfigurationError: this is no folder of the project, or the reports folder is no use.
        InfrastructureError: the reports hold a secret, or cannot be written.
    """
    if not SCENARIOS.is_dir():
        message = f"There is no {SCENARIOS}/ in {Path.cwd()}; run in the project's folder."
        raise ConfigurationError(message)
    files.clear(reports)
    begun = Checklist.begun(url)
    begun.write(reports)
    with noting() as noted:
        environment = {**pytest_process.environment(os.environ), NOTED_IN: str(noted.path)}
        ending = supervise(_pytest(url, arguments, reports), environment)
        checklist = _concluded(reports, ending)
        page = _page(checklist, reports) if report else None
        _refuse_secrets(reports, noted.secrets())
    console = Console(width=None if sys.stdout.isatty() else _LOG_WIDTH, highlight=False)
    table.show(checklist, console)
    for left in (reports / FILE, page):
        if left is not None:
            console.print(f"{left}", markup=False)
    return checklist.exit_code


def _pytest(url: str, arguments: Sequence[str], reports: Path) -> list[str]:
    return pytest_process.command(
        str(SCENARIOS),
        f"--merchant-url={url}",
        f"--reports={reports.resolve()}",
        f"--alluredir={reports / files.RESULTS}",
        *("-qq", "--no-header", "--no-summary", "--tb=no", "--show-capture=no"),
        *arguments,
    )


def _concluded(reports: Path, ending: Ending) -> Checklist:
    """What the visits left, and how they ended where they left nothing to go by."""
    checklist = Checklist.read(reports)
    error: HarnessError | None = None
    if ending.violent is not None:
        error = InfrastructureError(ending.violent)
    elif ending.status == _USAGE_ERROR:
        error = ConfigurationError("pytest could not begin with these options; it says why above.")
    if error is not None:
        checklist.stopped_by(error)
    checklist.conclude()
    checklist.write(reports)
    return checklist


def _page(checklist: Checklist, reports: Path) -> Path | None:
    results = reports / files.RESULTS
    try:
        facts = {"Page": checklist.url, "Ottu": checklist.ottu or "", "Verdict": checklist.verdict}
        allure_report.describe(results, facts)
        return allure_report.build([results], reports, "A merchant's page")
    except (InfrastructureError, OSError, ValueError) as error:
        # The checklist does not hang on the report.
        sys.stderr.write(f"The report could not be made: {error}\n")
        return None


def _refuse_secrets(reports: Path, secrets: set[str]) -> None:
    found = leaks.search([reports], secrets)
    if found:
        places = ", ".join(f"{each.place} holds {each.kind}" for each in found)
        raise InfrastructureError(f"What was left behind must not be handed on: {places}.")
