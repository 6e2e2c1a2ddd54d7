"""`verdict.md`: the verdict as CI systems show it on the page of a run.

Verdict first, details folded, and never longer than such a page accepts: GitHub's limit is one
MiB, GitLab and chat systems cut far earlier.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.gate import leaked
from harness.gate.judged import Judged
from harness.gate.verdict import ScenarioVerdict, Status, Verdict, Word

LIMIT_BYTES = 60_000
_MESSAGE_LIMIT = 2_000

_HEADS: dict[Word, str] = {
    "pass": "✅ Pass",
    "fail": "❌ Fail: the checkout is broken",
    "inconclusive": "⚠️ Inconclusive: nothing is known of the checkout",
}
_SIGNS: dict[Status, str] = {
    "passed": "✅",
    "flaky": "🟡",
    "failed": "❌",
    "broken": "⚠️",
    "missing": "❓",
    "quarantined": "🔒",
    "skipped": "⏭️",
}


def markdown(judged: Judged, limit: int = LIMIT_BYTES) -> str:
    """The document, at most `limit` bytes long in UTF-8; what did not fit is counted."""
    verdict = judged.verdict
    parts = [_head(verdict), *_changes(judged)]
    failures = [_failure(each, judged) for each in judged.bad()]
    tail = _flows(verdict)
    room = limit - sum(_size(part) for part in (*parts, tail)) - 200
    for index, part in enumerate(failures):
        room -= _size(part)
        if room < 0:
            left = len(failures) - index
            parts.append(f"… and {left} more, in `verdict.json`.\n")
            break
        parts.append(part)
    text = "\n".join([*parts, tail])
    return text if _size(text) <= limit else _head(verdict)


def _head(verdict: Verdict) -> str:
    if verdict.exit_code == 2:
        head = "⚠️ Inconclusive: wrong usage or configuration"
    elif leaked.alone(verdict):
        head = "❌ Fail: the evidence holds a secret"
    else:
        head = _HEADS[verdict.verdict]
    counts = ", ".join(
        f"{number} {status}" for status, number in verdict.counts.model_dump().items() if number
    )
    target = verdict.target.get("name", "no target")
    lines = [
        f"# {head}",
        "",
        f"{counts or 'No scenario'} · {target} · {verdict.duration_s:.0f} s",
        "",
        *(f"- {_inline(reason)}" for reason in verdict.reasons),
    ]
    return "\n".join(lines) + "\n"


def _changes(judged: Judged) -> Iterator[str]:
    if judged.changes:
        listed = "\n".join(f"- {_inline(change)}" for change in judged.changes)
        yield f"## Since the last green run\n\n{listed}\n"


def _failure(scenario: ScenarioVerdict, judged: Judged) -> str:
    message = scenario.reason[:_MESSAGE_LIMIT]
    sign = _SIGNS[scenario.status]
    return (
        f"### {sign} {scenario.flow}: {_inline(judged.sentence(scenario))}\n\n"
        f"{_block(message)}\n"
        f"`{scenario.id}` {scenario.status}. Run it again:\n\n"
        f"{_block(judged.command(scenario))}"
    )


def _flows(verdict: Verdict) -> str:
    rows = [
        f"| {_SIGNS[flow.status]} | `{name}` | {flow.status} | {len(flow.scenarios)} |"
        for name, flow in verdict.flows.items()
    ]
    table = "\n".join(["| | flow | status | scenarios |", "| --- | --- | --- | --- |", *rows])
    return f"<details><summary>{len(rows)} flows</summary>\n\n{table}\n\n</details>\n"


def _block(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}\n"


def _inline(text: str) -> str:
    single = " ".join(text.split())
    return single.replace("<", "&lt;").replace("|", "\\|")


def _size(text: str) -> int:
    return len(text.encode())
