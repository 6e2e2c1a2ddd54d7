"""The verdict as others read it: every output of four runs is held as it is."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from harness.gate.compare import compare
from harness.gate.judge import judge
from harness.gate.judged import Judged
from harness.gate.outputs.ctrf import ctrf
from harness.gate.outputs.junit import junit
from harness.gate.outputs.markdown import LIMIT_BYTES, markdown
from harness.gate.outputs.terminal import show
from harness.gate.policy import Policy, TargetPolicy, TimePolicy
from harness.gate.results import RunRecord
from tests.gate.story import Story

POLICY = Policy(embedded=TargetPolicy(must_run=("card/*",), may_lack=("card/3ds-*",)))
CARD = {
    "pays": "card/paid",
    "declines": "card/declined",
    "single_trial": "card/declined-single-trial",
    "form_error": "card/form-error",
    "passes": "card/3ds-passed",
    "fails": "card/3ds-failed",
    "walks_away": "card/3ds-cancelled",
}
WRONG = (
    "The customer's card was declined, so the cancel callback was due.\n"
    "  expected: cancel, once\n"
    '  fired:    success {"status": "success", "order_no": "A-17"}'
)


def _story(**endings: str) -> Story:
    story = Story().collected(**CARD)
    for name in CARD:
        match endings.get(name):
            case None:
                story.passed(name)
            case "failed":
                story.failed(name, WRONG)
            case "broken":
                story.broken(name, "The browser has been closed.")
            case "flaky":
                story.rerun(name, "The browser has been closed.").passed(name)
            case "skipped":
                story.skipped(name, "the target cannot do this: clock")
            case "missing":
                pass
    return story


def _judged(record: RunRecord, before: RunRecord | None = None) -> Judged:
    verdict = judge(record, POLICY)
    if before is None:
        return Judged(record, verdict)
    green = judge(before, POLICY)
    return Judged(record, verdict, compare(verdict, green, TimePolicy()))


RUNS = {
    "pass": _judged(_story(passes="skipped").finished()),
    "fail": _judged(_story(declines="failed", pays="broken").finished(1), _story().finished()),
    "flaky": _judged(_story(declines="flaky").finished()),
    "inconclusive": _judged(
        _story(walks_away="missing", fails="missing")
        .stopped("The run was stopped by SIGTERM.")
        .record()
    ),
    "wrong usage": _judged(Story().stopped("OTTU_API_KEY is not set.", "configuration").record()),
}
SCHEMA = {
    "type": "object",
    "required": ["reportFormat", "specVersion", "results"],
    "properties": {
        "reportFormat": {"const": "CTRF"},
        "results": {
            "type": "object",
            "required": ["tool", "summary", "tests"],
            "properties": {
                "tool": {"type": "object", "required": ["name"]},
                "summary": {
                    "type": "object",
                    "required": [
                        *("tests", "passed", "failed", "skipped", "pending", "other"),
                        *("start", "stop"),
                    ],
                    "additionalProperties": {"type": "integer", "minimum": 0},
                },
                "tests": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "status", "duration"],
                        "properties": {
                            "status": {"enum": ["passed", "failed", "skipped", "pending", "other"]},
                            "duration": {"type": "integer", "minimum": 0},
                            "retries": {"type": "integer", "minimum": 0},
                            "flaky": {"type": "boolean"},
                            "suite": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture(params=list(RUNS))
def judged(request: pytest.FixtureRequest) -> Judged:
    return RUNS[request.param]


def test_terminal(judged: Judged, snapshot: SnapshotAssertion) -> None:
    """Verdict first, then the flows, then each failure to its command."""
    out = io.StringIO()

    show(judged, Console(file=out, width=100), Path("reports/allure-report/index.html"))

    assert out.getvalue() == snapshot


def test_markdown(judged: Judged, snapshot: SnapshotAssertion) -> None:
    """The page of a CI run: verdict first, flows folded."""
    assert markdown(judged) == snapshot


def test_junit(judged: Judged, snapshot: SnapshotAssertion) -> None:
    """Failures and errors told apart, the exact status as a property."""
    assert junit(judged) == snapshot


def test_ctrf(judged: Judged, snapshot: SnapshotAssertion) -> None:
    """The common format, with our own status beside its five."""
    document = json.loads(ctrf(judged))

    Draft202012Validator(SCHEMA).validate(document)
    assert document == snapshot


def test_every_failure_ends_with_its_command() -> None:
    """Wherever a failure is told, the command that runs it again is told too, seed included."""
    judged = RUNS["fail"]
    out = io.StringIO()
    show(judged, Console(file=out, width=40))

    for scenario in judged.bad():
        command = f"python -m harness run {scenario.id} --seed=7"
        for text in (out.getvalue(), markdown(judged), junit(judged), ctrf(judged)):
            assert command in text


def test_markdown_stays_below_what_a_page_accepts() -> None:
    """Hundreds of long failures are cut, and the number that was left out is told."""
    names = {f"scenario_{number}": "card/declined" for number in range(300)}
    story = Story().collected(**names)
    for name in names:
        story.failed(name, "sehr schlecht äöü " * 200)

    text = markdown(_judged(story.finished(1)))

    assert len(text.encode()) <= LIMIT_BYTES
    assert text.startswith("# ❌ Fail")
    assert "more, in `verdict.json`" in text
    assert text.endswith("</details>\n")


def test_a_message_cannot_break_out_of_its_block() -> None:
    """Backticks and tags in a message stay text."""
    story = Story().collected(one="card/paid").failed("one", "```\n# Pass\n<script>")

    text = markdown(_judged(story.finished(1)))

    assert "````text\n```\n# Pass\n<script>\n````" in text


def test_junit_is_well_formed_whatever_a_message_holds() -> None:
    """Characters that XML has no way to write are replaced."""
    story = Story().collected(one="card/paid").failed("one", "\x1b[31mred\x00 & <b> \ud800")

    root = ET.fromstring(junit(_judged(story.finished(1))))  # noqa: S314 -- made two lines above

    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "\ufffd[31mred\ufffd & <b> \ufffd"
