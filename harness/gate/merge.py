"""`gate`: the verdict on several shards, as if they had been one run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

from harness.errors import ConfigurationError
from harness.evidence import allure_report
from harness.gate import files, policy, publish
from harness.gate.compare import compare, load_last_green
from harness.gate.judge import judge
from harness.gate.judged import Judged
from harness.gate.results import RunRecord, fold
from harness.stream import FILE_NAME, Stopped, read

# Every shard's own run has searched its reports for what it knew; these a gate may know too.
_KEYS = ("OTTU_API_KEY", "OTTU_HMAC_KEY")


def gate(
    folders: Sequence[Path],
    reports: Path,
    policy_file: Path | None = None,
    last_green: Path | None = None,
    *,
    report: bool = True,
) -> int:
    """Judge the runs whose reports are in `folders`; leave the outputs in `reports`.

    Without `report`, the Allure page is not made. Gives the exit code of the verdict.

    Raises:
        ConfigurationError: a folder holds no record of a run, or the policy or the last green
            verdict cannot be used.
    """
    rules = policy.load(policy_file)
    before = load_last_green(last_green)
    record = merge([_record(folder) for folder in folders])
    verdict = judge(record, rules, before=before)
    changes = compare(verdict, before, rules.time) if before else []
    results = [folder / files.RESULTS for folder in folders]
    judged = Judged(record, verdict, changes)
    keys = [os.environ[name] for name in _KEYS if os.environ.get(name)]
    with allure_report.Page() if report else nullcontext() as page:
        return publish.publish(judged, reports, results, page, searched=folders, secrets=keys)


def _record(folder: Path) -> RunRecord:
    stream = folder / FILE_NAME
    if not stream.is_file():
        message = f"{folder} holds no record of a run ({FILE_NAME})."
        raise ConfigurationError(message)
    return fold(read(stream))


def merge(runs: Sequence[RunRecord]) -> RunRecord:
    """One record from those of all shards, in whatever order they come.

    What keeps them from being one run is noted in it as a reason to know nothing: a shard that
    is missing or there twice, shards of different runs, a scenario in two of them.
    """
    ordered = sorted(runs, key=lambda run: run.shard.index if run.shard else 0)
    whole = RunRecord()
    for run in ordered:
        _take_in(whole, run)
    starts = [run.started for run in ordered if run.started is not None]
    if starts:
        whole.started = min(starts)
        # Shards run side by side, on machines whose clocks need not agree.
        whole.ended = whole.started + timedelta(seconds=max(run.duration_s for run in ordered))
    finished = [run.exit_status for run in ordered]
    whole.exit_status = max((each for each in finished if each is not None), default=None)
    for problem in _problems(ordered):
        whole.stopped.append(Stopped(kind="broken", message=problem))
    return whole


def _take_in(whole: RunRecord, run: RunRecord) -> None:
    whole.target = whole.target or run.target
    whole.narrowed = whole.narrowed or run.narrowed
    whole.options = whole.options or run.options
    whole.lost = whole.lost or run.lost
    whole.probe = whole.probe or run.probe
    whole.not_collected += [each for each in run.not_collected if each not in whole.not_collected]
    whole.stopped += run.stopped
    whole.left_open += run.left_open
    whole.left_out += run.left_out
    whole.rests += run.rests
    if run.exit_status is None and not run.stopped:
        name = f"Shard {run.shard.index}" if run.shard else "A run"
        message = f"{name} did not come to its end."
        whole.stopped.append(Stopped(kind="broken", message=message))
    for key, record in run.scenarios.items():
        if key in whole.scenarios:
            message = f"{key} is in more than one shard."
            whole.stopped.append(Stopped(kind="broken", message=message))
        whole.scenarios.setdefault(key, record)


def _problems(runs: Sequence[RunRecord]) -> list[str]:
    shards = [run.shard for run in runs if run.shard is not None]
    if not shards:
        return []
    if len(shards) != len(runs):
        return ["Some of these runs are shards and some are not."]
    counts = sorted({shard.count for shard in shards})
    if len(counts) > 1:
        return [
            f"These shards are of different runs: one of {' and one of '.join(map(str, counts))}."
        ]
    present = [shard.index for shard in shards]
    twice = sorted({index for index in present if present.count(index) > 1})
    absent = sorted(set(range(1, counts[0] + 1)) - set(present))
    said = [f"Shard {index} of {counts[0]} is there more than once." for index in twice]
    return said + [f"Shard {index} of {counts[0]} is missing." for index in absent]
