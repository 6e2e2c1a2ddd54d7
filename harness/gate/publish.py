"""Leave the verdict behind in every form, and say it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console

from harness.errors import InfrastructureError
from harness.evidence import allure_report, leaks
from harness.gate import files, leaked
from harness.gate.judged import Judged
from harness.gate.outputs import ctrf, junit, markdown, terminal

#: Where nobody's terminal says how wide it is: a CI log.
_LOG_WIDTH = 100


def publish(
    judged: Judged,
    reports: Path,
    results: Sequence[Path],
    *,
    searched: Sequence[Path] = (),
    secrets: Collection[str] = (),
) -> int:
    """Write all outputs, print the summary, and give the exit code.

    `results` are the folders of Allure's results, each in `reports` or in one that is `searched`;
    none where no page is wanted. An output that cannot be written is told on standard error and
    keeps no other from being written; a green run without its verdict on disk ends as
    inconclusive.

    Then `reports`, and what else is `searched`, is searched for `secrets`: evidence that holds
    one makes a green run red.
    """
    code = _outputs(judged, reports)
    search, folders = leaks.Search(secrets), [reports, *searched]
    page = None
    if results and judged.verdict.scenarios:
        # The page is made by another process; meanwhile, all that is here is searched.
        with ThreadPoolExecutor(max_workers=1) as beside:
            made = beside.submit(_report, reports, results, _facts(judged))
            search.pass_over(allure_report.program())
            search.through(folders, but=reports / files.REPORT)
            page = made.result()
    search.through(folders)
    if search.found:
        judged = leaked.told(judged, search.found)
        code = _outputs(judged, reports)
    console = Console(width=None if sys.stdout.isatty() else _LOG_WIDTH, highlight=False)
    terminal.show(judged, console, page)
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


def _report(reports: Path, results: Sequence[Path], facts: Mapping[str, str]) -> Path | None:
    try:
        for folder in results:
            allure_report.describe(folder, facts)
        return allure_report.build(results, reports)
    except (InfrastructureError, OSError, ValueError) as error:
        # The verdict does not hang on the report, and a killed run leaves half a file behind.
        sys.stderr.write(f"The report could not be made: {error}\n")
        return None
