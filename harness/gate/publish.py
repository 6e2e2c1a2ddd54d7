"""Leave the verdict behind in every form, and say it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from harness.errors import InfrastructureError
from harness.evidence import allure_report, leaks
from harness.gate import files, leaked
from harness.gate.judged import Judged
from harness.gate.outputs import ctrf, junit, markdown, terminal

#: Where nobody's terminal says how wide it is: a CI log.
_LOG_WIDTH = 100

# The verdict does not hang on the report, and a killed run leaves half a file behind.
_NO_PAGE = (InfrastructureError, OSError, ValueError)


def publish(
    judged: Judged,
    reports: Path,
    results: Sequence[Path],
    page: allure_report.Page | None,
    *,
    searched: Sequence[Path] = (),
    secrets: Collection[str] = (),
) -> int:
    """Write all outputs, print the summary, and give the exit code.

    `results` are the folders of Allure's results that the `page` is made of, each in `reports` or
    in one that is `searched`; without a `page`, none is wanted. An output that cannot be written
    is told on standard error and keeps no other from being written; a green run without its
    verdict on disk ends as inconclusive.

    Then `reports`, and what else is `searched`, is searched for `secrets`: evidence that holds
    one makes a green run red.
    """
    code = _outputs(judged, reports)
    search, folders = leaks.Search(secrets), [reports, *searched]
    made = None
    wanted = page if judged.verdict.scenarios else None
    if wanted and _begun(wanted, results, reports, _facts(judged)):
        # The page is made by another process; meanwhile, all that is here is searched.
        search.pass_over(allure_report.program())
        search.through(folders, but=reports / files.REPORT)
        made = _finished(wanted)
    search.through(folders)
    if search.found:
        judged = leaked.told(judged, search.found)
        code = _outputs(judged, reports)
    console = Console(width=None if sys.stdout.isatty() else _LOG_WIDTH, highlight=False)
    terminal.show(judged, console, made)
    return code


def _outputs(judged: Judged, reports: Path) -> int:
    code = judged.verdict.exit_code
    for name, text in (
        (files.VERDICT, judged.verdict.model_dump_json(indent=2) + "\n"),
        (files.SUMMARY, markdown.markdown(judged)),
        (files.JUNIT, junit.junit(judged)),
        (files.CTRF, ctrf.ctrf(judged)),
    ):
        try:
            files.write(reports / name, text)
        except InfrastructureError as error:
            sys.stderr.write(f"{error.message}\n")
            code = code or error.exit_code
    return code


def _facts(judged: Judged) -> dict[str, str]:
    target = judged.verdict.target
    return {
        "Verdict": judged.verdict.verdict,
        "Target": str(target.get("name", "")),
        "Address": str(target.get("base_url", "")),
        "SDK": str(target.get("sdk_url", "")),
        "Options": " ".join(judged.run.options),
        "Python": platform.python_version(),
    }


def _begun(
    page: allure_report.Page, results: Sequence[Path], reports: Path, facts: Mapping[str, str]
) -> bool:
    try:
        for folder in results:
            allure_report.describe(folder, facts)
        page.begin(results, reports)
    except _NO_PAGE as error:
        _tell(error)
        return False
    return True


def _finished(page: allure_report.Page) -> Path | None:
    try:
        return page.finish()
    except _NO_PAGE as error:
        _tell(error)
        return None


def _tell(error: Exception) -> None:
    sys.stderr.write(f"The report could not be made: {error}\n")
