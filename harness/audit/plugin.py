"""The audit inside pytest: every scenario once for each defect that its flow must notice.

The fixture `planted` carries the defect to the scenario's own merchant, so scenarios with
different defects run side by side on one sandbox.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

from harness.audit.pair import Pair, Verdict
from harness.audit.plan import CONTROL, Plan
from harness.audit.tally import Tally
from harness.plugin.failures import ATTRIBUTE

_FIXTURE: Final = "planted"
_RESULT: Final = "checkout_audit"
_REASON_LENGTH: Final = 600
_LEFT_OUT: Final = "noticed already"


def load(path: str) -> Plan:
    """The plan in a file."""
    return Plan.model_validate_json(Path(path).read_text(encoding="utf-8"))


class AuditPlugin:
    """Repeats the scenarios as the plan says. Registered on the controller and on each worker."""

    def __init__(self, plan: Plan, *, tells: bool) -> None:
        self._plan = plan
        self._tells = tells
        self._tally = Tally(plan.tally)
        self._counted = False
        self._pairs: dict[str, Pair] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One item a defect."""
        if _FIXTURE not in metafunc.fixturenames:
            return
        ids = self._plan.planted_for(_flow(metafunc.definition))
        if ids:
            values = [None if each.startswith(CONTROL) else each for each in ids]
            metafunc.parametrize(_FIXTURE, values, indirect=True, ids=ids)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what is done; begin with one scenario of each defect, then a second one.

        Defects of the same flow begin with different scenarios of it, so that early on many
        scenarios have shown that they notice something.
        """
        by_defect: dict[str, list[pytest.Item]] = {}
        dropped = []
        for item in items:
            defect, scenario = _pair(item)
            if defect is None or (defect, scenario) in self._plan.done:
                dropped.append(item)
            else:
                by_defect.setdefault(defect, []).append(item)
        ranked: list[tuple[int, int, pytest.Item]] = []
        for number, (defect, own) in enumerate(by_defect.items()):
            start = 0 if defect.startswith(CONTROL) else number % len(own)
            rotated = own[start:] + own[:start]
            ranked += [(rank, number, item) for rank, item in enumerate(rotated)]
        items[:] = [item for _, _, item in sorted(ranked, key=lambda each: each[:2])]
        if dropped:
            config.hook.pytest_deselected(items=dropped)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """On the controller: tell how many pairs there are, once."""
        if self._tells and not self._counted:
            self._counted = True
            os.write(self._plan.events, f"{len(ids)}\n".encode())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Leave a pair out that can tell nothing new."""
        defect, scenario = _pair(item)
        if defect is None or defect.startswith(CONTROL) or self._plan.exhaustive:
            return
        if not self._tally.needs(defect, scenario):
            pytest.skip(_LEFT_OUT)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge a pair where the exception still exists."""
        report = yield
        defect, scenario = _pair(item)
        if defect is None:
            return report
        verdict = _verdict(report, call)
        if verdict == "noticed":
            self._tally.note(defect, scenario)
        pair = Pair(
            defect=defect,
            scenario=scenario,
            flow=_flow(item),
            verdict=verdict,
            reason=_reason(report),
            duration_s=round(report.duration, 2),
        )
        setattr(report, _RESULT, pair.model_dump())
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """On the controller: tell of a pair when it is over, whatever ended it."""
        said = getattr(report, _RESULT, None)
        if not self._tells:
            return
        if said is not None:
            pair = Pair.model_validate(said)
            before = self._pairs.get(report.nodeid)
            self._pairs[report.nodeid] = _worse(before, pair) if before else pair
        if report.when == "teardown" and report.nodeid in self._pairs:
            line = self._pairs.pop(report.nodeid).model_dump_json() + "\n"
            os.write(self._plan.events, line.encode())


def _worse(before: Pair, now: Pair) -> Pair:
    """What two phases of one run come to: the first that did not pass."""
    duration = round(before.duration_s + now.duration_s, 2)
    told = before if before.verdict != "passed" else now
    return told.model_copy(update={"duration_s": duration})


def _verdict(report: pytest.TestReport, call: pytest.CallInfo[None]) -> Verdict:
    if report.skipped:
        return "left out" if _LEFT_OUT in str(report.longrepr) else "skipped"
    if report.passed:
        return "passed"
    kind = getattr(report, ATTRIBUTE, {}).get("kind")
    if kind != "failed":
        return "broken"
    error = call.excinfo.value if call.excinfo else None
    return "noticed" if isinstance(error, AssertionError) else "timed out"


def _reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2]
    message: str = getattr(report, ATTRIBUTE, {}).get("message", "")
    return message[:_REASON_LENGTH]


def _flow(item: pytest.Item) -> str:
    mark = item.get_closest_marker("flow")
    return str(mark.args[0]) if mark else ""


def _pair(item: pytest.Item) -> tuple[str | None, str]:
    """The defect an item runs with, None without one, and the scenario by its usual id."""
    callspec = getattr(item, "callspec", None)
    if callspec is None or _FIXTURE not in callspec.params:
        return None, item.nodeid
    name, _, rest = item.nodeid.partition("[")
    ids = rest.removesuffix("]")
    defect: str = callspec.params[_FIXTURE] or ids.partition("-")[0]
    others = ids.removeprefix(defect).removeprefix("-")
    return defect, f"{name}[{others}]" if others else name
