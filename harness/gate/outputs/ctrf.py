"""`ctrf.json`: the Common Test Report Format, for whatever collects results across tools.

Its statuses are passed, failed, skipped, pending and other; ours stands beside as `rawStatus`.
"""

from __future__ import annotations

import json
from typing import Any

from harness.gate.judged import Judged
from harness.gate.verdict import ScenarioVerdict, Status

_STATUSES: dict[Status, str] = {
    "passed": "passed",
    "flaky": "passed",
    "failed": "failed",
    "broken": "other",
    "missing": "other",
    "quarantined": "skipped",
    "skipped": "skipped",
}


def ctrf(judged: Judged) -> str:
    """The document; times are in milliseconds, instants in milliseconds since 1970."""
    verdict = judged.verdict
    tests = [_test(each, judged) for each in verdict.scenarios]
    start = int(verdict.started.timestamp() * 1000)
    said = [test["status"] for test in tests]
    names = ("passed", "failed", "skipped", "pending", "other")
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "results": {
            "tool": {"name": "checkout-harness"},
            "summary": {
                "tests": len(tests),
                **{name: said.count(name) for name in names},
                "flaky": verdict.counts.flaky,
                "start": start,
                "stop": start + int(verdict.duration_s * 1000),
            },
            "tests": tests,
            "environment": {"testEnvironment": str(verdict.target.get("name", ""))},
            "extra": {"verdict": verdict.verdict, "exitCode": verdict.exit_code},
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _test(scenario: ScenarioVerdict, judged: Judged) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": scenario.id,
        "status": _STATUSES[scenario.status],
        "rawStatus": scenario.status,
        "duration": int(scenario.duration_s * 1000),
        "suite": [scenario.flow.partition("/")[0], scenario.flow],
        "filePath": scenario.id.partition("::")[0],
        "retries": max(scenario.attempts - 1, 0),
        "flaky": scenario.status == "flaky",
    }
    if scenario.reason:
        told["message"] = scenario.reason
    if scenario.status in {"failed", "broken", "missing"}:
        told["trace"] = judged.details(scenario)
        told["extra"] = {"reproduce": judged.command(scenario)}
    return told
