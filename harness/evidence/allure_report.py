"""One HTML file from Allure's results, which opens offline and calls nobody.

Allure's own packages make it, run by the Node that a Python package brings: no Java, no Node of
the system. Loading them takes longer than what they do, so a run begins with that. Their page
reports every opening to Google Analytics; that is taken out, and a policy in the page forbids it
any request, so that a later release cannot bring one back.
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
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final, Self

from harness import node
from harness.errors import InfrastructureError
from harness.evidence.allure_results import for_readers

_PLACE: Final = Path(sys.prefix, "share", "checkout-harness", "allure")
_SCRIPT: Final = _PLACE / "report.mjs"
_PROGRAM: Final = _PLACE / "node_modules/@allurereport/plugin-awesome/dist/static/report.tar"
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


class Page:
    """A page in the making. Its tool starts at once, and waits for what to make it of.

    A context, which leaves nothing running.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._folder, self._reports = Path(), Path()
        self._told: IO[str] | None = None
        self._tool: subprocess.Popen[str] | None = None
        self._problem = "The report's tool is not installed; `make setup` installs it."
        if _SCRIPT.exists():
            try:
                told = tempfile.TemporaryFile("w+")  # noqa: SIM115 -- it lasts as long as this
                self._told = self._stack.enter_context(told)
                self._tool = self._started()
            except OSError as error:
                self._problem = f"The report's tool does not start: {error}."

    def begin(self, results: Sequence[Path], reports: Path, name: str = "Ottu Checkout") -> None:
        """Have the tool make it from folders of results; once.

        `name` stands at its head. Every page adds a line to `reports`/history.jsonl, from which
        the next one shows what changed.

        Raises:
            InfrastructureError: the tool is not installed, does not start, or is gone.
        """
        if self._tool is None or self._tool.stdin is None:
            raise InfrastructureError(self._problem)
        folder = tempfile.TemporaryDirectory(prefix="checkout-report-")
        self._folder, self._reports = Path(self._stack.enter_context(folder)), reports
        there = for_readers([each for each in results if each.is_dir()], self._folder / "results")
        wanted = {
            "configuration": str(_configuration(self._folder, reports, name)),
            "results": [str(there)],
        }
        try:
            with self._tool.stdin as line:
                line.write(json.dumps(wanted) + "\n")
        except OSError as error:
            raise InfrastructureError(f"The report's tool is gone: {self._last_words()}") from error

    def finish(self) -> Path:
        """Wait for it, and give its path: `reports`/allure-report/index.html.

        Raises:
            InfrastructureError: the tool failed, took too long, or made a page that this harness
                does not know how to keep from calling home.
        """
        assert self._tool is not None  # noqa: S101 -- it has begun
        try:
            failed = self._tool.wait(_TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            raise InfrastructureError(f"The report's tool did not end: {error}.") from error
        made = self._folder / "report" / "index.html"
        if failed or not made.exists():
            raise InfrastructureError(f"The report could not be made: {self._last_words()}")
        html = _silenced(made.read_text(encoding="utf-8"))
        page = self._reports / "allure-report" / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8")
        return page

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._tool is not None:
            self._tool.kill()  # one that has made its page is gone already
            self._tool.communicate()
        self._stack.close()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 -- our own script
            [node.executable(), str(_SCRIPT)],
            cwd=_PLACE,
            env={**node.compiled_once(os.environ), "NO_COLOR": "1", "FORCE_COLOR": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._told,
            text=True,
            start_new_session=True,  # Ctrl-C is for the run; what came of it is still told
        )

    def _last_words(self) -> str:
        assert self._told is not None  # noqa: S101 -- it has started
        self._told.seek(0)
        said = [line for line in self._told.read().splitlines() if "Error" in line]
        return said[0].strip() if said else "nothing was said"


def build(results: Sequence[Path], reports: Path, name: str = "Ottu Checkout") -> Path:
    """Make a page from beginning to end.

    Raises:
        InfrastructureError: as `Page.begin` and `Page.finish`.
    """
    with Page() as page:
        page.begin(results, reports, name)
        return page.finish()


def program() -> Iterator[bytes]:
    """The scripts that every page holds, as the tool brought them; nothing where it is missing."""
    if not _PROGRAM.exists():
        return
    with tarfile.open(_PROGRAM) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.endswith(".js") else None
            if content is not None:
                yield content.read()


def _configuration(folder: Path, reports: Path, name: str) -> Path:
    """Written into `folder`, in which the report will stand."""
    awesome = {
        "singleFile": True,
        "reportName": name,
        "reportLanguage": "en",
        "groupBy": ["feature", "story"],
        "sections": ["charts", "timeline"],
    }
    configuration = {
        "name": name,
        "output": str(folder / "report"),
        "historyPath": str(reports.resolve() / HISTORY),
        "historyLimit": _HISTORY_LIMIT,
        "categories": _CATEGORIES,
        "plugins": {"awesome": {"options": awesome}},
    }
    file = folder / "allurerc.json"
    file.write_text(json.dumps(configuration), encoding="utf-8")
    return file


def _silenced(html: str) -> str:
    quiet = _ANALYTICS.sub("", html, count=1)
    head, tag, rest = quiet.partition("<head>")
    if "googletagmanager" in quiet or not tag:
        raise InfrastructureError(
            "The report's tool makes another page than the one this harness can keep from "
            "calling home; the report was left out."
        )
    return f"{head}{tag}{_CALLS_NOBODY}{rest}"
