"""`junit.xml`: what CI systems show as test results.

JUnit knows neither flaky nor broken. A broken scenario is an `error`, a failed one a `failure`;
the exact status, the flow and the number of attempts are properties of the test case.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from harness.gate.judged import Judged
from harness.gate.verdict import ScenarioVerdict

# XML 1.0 has no way to write these, and a scenario's message may hold any of them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_ELEMENTS = {
    "failed": "failure",
    "broken": "error",
    "missing": "error",
    "skipped": "skipped",
    "quarantined": "skipped",
}


def junit(judged: Judged) -> str:
    """The document."""
    verdict = judged.verdict
    counts = verdict.counts
    numbers = {
        "tests": str(len(verdict.scenarios)),
        "failures": str(counts.failed),
        "errors": str(sum(each.status in {"broken", "missing"} for each in verdict.scenarios)),
        "skipped": str(counts.skipped + counts.quarantined),
        "time": f"{verdict.duration_s:.3f}",
    }
    root = ET.Element("testsuites", {"name": "checkout", **numbers})
    suite = ET.SubElement(
        root,
        "testsuite",
        {"name": "scenarios", **numbers, "timestamp": verdict.started.isoformat()},
    )
    properties = ET.SubElement(suite, "properties")
    _property(properties, "verdict", verdict.verdict)
    _property(properties, "exit_code", str(verdict.exit_code))
    for scenario in verdict.scenarios:
        _case(suite, scenario, judged)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, scenario: ScenarioVerdict, judged: Judged) -> None:
    path, _, name = scenario.id.partition("::")
    case = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": path.removesuffix(".py").replace("/", "."),
            "name": _clean(name),
            "time": f"{scenario.duration_s:.3f}",
        },
    )
    properties = ET.SubElement(case, "properties")
    _property(properties, "flow", scenario.flow)
    _property(properties, "status", scenario.status)
    _property(properties, "attempts", str(scenario.attempts))
    if scenario.status == "flaky":
        _property(properties, "flaky", "true")
    element = _ELEMENTS.get(scenario.status)
    if element is not None:
        said = ET.SubElement(case, element, {"message": _clean(scenario.reason)})
        if element != "skipped":
            details = judged.details(scenario) or scenario.reason
            said.text = _clean(f"{details}\n\nRun it again: {judged.command(scenario)}\n")


def _property(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, "property", {"name": name, "value": _clean(value)})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
