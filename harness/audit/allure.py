"""The findings as results that `harness report` puts into the Allure report."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from pathlib import Path
from typing import Any, Final

from harness.audit.findings import Finding, Findings

FOLDER: Final = "allure-results"
_SEVERITIES: Final = {"major": "normal"}  # Allure's word for it


def write(findings: Findings, reports: Path) -> None:
    """One result a defect: passed when it was killed, failed when it survived."""
    folder = reports / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob("*-result.json"):
        earlier.unlink()
    now = int(time.time() * 1000)
    for each in findings.defects:
        result = _result(each, now)
        file = folder / f"{result['uuid']}-result.json"
        file.write_text(json.dumps(result), encoding="utf-8")


def _result(finding: Finding, now: int) -> dict[str, Any]:
    killed = finding.verdict == "killed"
    name = f"audit/{finding.id}"
    return {
        "uuid": str(uuid.uuid4()),
        "historyId": hashlib.sha256(name.encode()).hexdigest()[:32],
        "fullName": name,
        "name": f"{finding.id} is noticed",
        "status": "passed" if killed else "failed",
        "statusDetails": {}
        if killed
        else {"message": "No scenario of a claiming flow noticed it."},
        "description": _description(finding),
        "stage": "finished",
        "start": now,
        "stop": now,
        "labels": [
            {"name": "epic", "value": "Audit: planted defects"},
            {"name": "feature", "value": finding.place},
            {"name": "severity", "value": _SEVERITIES.get(finding.severity, finding.severity)},
            {"name": "suite", "value": "audit"},
        ],
    }


def _description(finding: Finding) -> str:
    seen = [f"- {each.scenario}: {each.reason}" for each in finding.detectors] or ["- nobody"]
    apart = [f"- {each.scenario} ({each.why}): {each.reason}" for each in finding.apart]
    lines = [finding.sentence, "", "Noticed by:", *seen]
    return "\n".join([*lines, "", "Not counted:", *apart] if apart else lines)
