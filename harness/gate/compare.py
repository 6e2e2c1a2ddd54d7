"""What is new since the last green run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from harness.errors import ConfigurationError
from harness.gate.policy import TimePolicy
from harness.gate.verdict import ScenarioVerdict, Status, Verdict

_NEWS: dict[Status, str] = {
    "failed": "newly failing",
    "broken": "newly broken",
    "flaky": "newly flaky",
    "skipped": "newly skipped",
    "missing": "newly missing",
}


def load_last_green(path: Path | None) -> Verdict | None:
    """The verdict in that file; None without one.

    Raises:
        ConfigurationError: the file is not there, or holds no verdict.
    """
    if path is None:
        return None
    try:
        return Verdict.model_validate_json(path.read_bytes())
    except OSError as error:
        message = f"The last green verdict {path} cannot be read: {error.strerror}."
        raise ConfigurationError(message) from error
    except ValidationError as error:
        message = f"{path} is no verdict.json of this harness."
        raise ConfigurationError(message) from error


def compare(now: Verdict, before: Verdict, times: TimePolicy) -> list[str]:
    """A sentence for every scenario that is worse than it was, or takes much longer."""
    then = {each.id: each for each in before.scenarios}
    changes = [
        f"{_NEWS[each.status]}: {each.id}"
        for each in now.scenarios
        if each.status in _NEWS and each.id in then and then[each.id].status != each.status
    ]
    changes += [
        f"gone: {each.id}"
        for each in before.scenarios
        if each.id not in {scenario.id for scenario in now.scenarios}
    ]
    return changes + slower(now.scenarios, before, times)


def slower(scenarios: Sequence[ScenarioVerdict], before: Verdict, times: TimePolicy) -> list[str]:
    """A sentence for every scenario that passed both times and now takes too long."""
    then = {each.id: each.duration_s for each in before.scenarios if each.status == "passed"}
    return [
        f"slower: {each.id} took {each.duration_s:.1f} s, {then[each.id]:.1f} s when last green"
        for each in scenarios
        if each.status == "passed"
        and each.id in then
        and each.duration_s > then[each.id] * times.slower_by
        and each.duration_s > then[each.id] + times.slower_by_s
    ]
