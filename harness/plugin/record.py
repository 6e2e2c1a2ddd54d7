"""Writes the record of a run as pytest reports it, on the controller."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from harness.errors import InfrastructureError
from harness.plugin import browsers
from harness.plugin.failures import ATTRIBUTE
from harness.redaction import redactor
from harness.stream import (
    Collected,
    CollectionFailed,
    Finished,
    Kind,
    Phase,
    RunStarted,
    Scenario,
    Shard,
    Stopped,
    StreamWriter,
)

_COLLECTION = "collection.json"


def write_collection(folder: Path, items: Iterable[pytest.Item]) -> None:
    """Describe the scenarios collected in a file of `folder`, whole or not at all."""
    # Workers have put them in another order; a reader wants that of the files.
    told = sorted(items, key=lambda item: (os.fspath(item.location[0]), item.location[1] or 0))
    listed = [_scenario(item).model_dump() for item in told if item.get_closest_marker("flow")]
    draft = folder / f"{_COLLECTION}.{os.getpid()}"
    draft.write_text(json.dumps(listed), encoding="utf-8")
    draft.replace(folder / _COLLECTION)


def _scenario(item: pytest.Item) -> Scenario:
    mark = item.get_closest_marker("flow")
    sentence = (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip()
    return Scenario(
        id=item.nodeid,
        flow=str(mark.args[0]) if mark else "",
        sentence=" ".join(sentence.partition("\n\n")[0].split()),
        beyond=browsers.beyond(item),
    )


class Recorder:
    """Turns pytest's reports into the events of the stream."""

    def __init__(self, writer: StreamWriter, config: pytest.Config, exchange: Path) -> None:
        self._writer = writer
        self._config = config
        self._exchange = exchange
        self._collected = False
        self.last_pass: datetime | None = None
        self.something_broke = False

    def started(self, seed: int, shard: Shard | None = None) -> None:
        """Write the first line."""
        self._writer.write(
            RunStarted(
                seed=seed,
                options=_repeatable(self._config, seed),
                shard=shard,
                narrowed=_narrowed(self._config),
                workers=int(getattr(self._config.option, "numprocesses", None) or 0),
            )
        )

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Without workers, this process has collected."""
        if session.items:
            write_collection(self._exchange, session.items)
            self._take_collection()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self) -> None:
        """With workers, each collects the same; the first is enough."""
        if not self._collected:
            self._take_collection()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that could not be collected."""
        if report.failed:
            said = _failure(report)
            self._writer.write(
                CollectionFailed(
                    id=report.nodeid,
                    kind=cast("Kind", said.get("kind", "broken")),
                    message=_told(said.get("message") or report.longreprtext),
                )
            )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A phase has ended, or the process it ran in has."""
        said = _failure(report)
        crashed = report.when not in {"setup", "call", "teardown"}
        kind = "broken" if crashed else said.get("kind")
        self.something_broke = self.something_broke or kind is not None
        if report.when == "call" and report.passed:
            self.last_pass = datetime.now(UTC)
        self._writer.write(
            Phase(
                id=report.nodeid,
                when="crash" if crashed else report.when,
                outcome=report.outcome,
                duration_s=report.duration,
                started=datetime.fromtimestamp(report.start, UTC) if report.start else None,
                worker=getattr(report, "worker_id", ""),
                kind=kind,
                message=_told(said.get("message") or _short(report)),
                details=_told(_details(report)),
            )
        )

    def pytest_internalerror(self, excrepr: object) -> None:
        """A plugin crashed, or the record itself cannot be written."""
        last = str(excrepr).strip().rpartition("\n")[2]
        # When it is this file that cannot be written, the supervisor still sees how pytest ends.
        with contextlib.suppress(InfrastructureError):
            self._writer.write(
                Stopped(kind="broken", message=_told(f"pytest itself failed: {last}"))
            )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """The last line of a run that came to its end."""
        self._writer.write(Finished(exit_status=int(exitstatus)))

    def _take_collection(self) -> None:
        content = (self._exchange / _COLLECTION).read_text(encoding="utf-8")
        scenarios = [Scenario.model_validate(each) for each in json.loads(content)]
        self._writer.write(Collected(scenarios=scenarios))
        self._collected = True


def _told(text: str) -> str:
    """Without secrets, and without the halves of characters that no file can hold."""
    return redactor.text(text).encode("utf-8", "replace").decode()


def _failure(report: pytest.CollectReport | pytest.TestReport) -> dict[str, Any]:
    return cast("dict[str, Any]", getattr(report, ATTRIBUTE, {}))


def _short(report: pytest.TestReport) -> str:
    """Why it was skipped, or what xdist says of a crash."""
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    expected: str = getattr(report, "wasxfail", "")
    if expected or report.passed:
        return expected
    # As text it would begin with the name of the worker, which is known.
    said = report.longrepr if isinstance(report.longrepr, str) else report.longreprtext
    return said.partition("\n")[0]


def _details(report: pytest.TestReport) -> str:
    if report.passed or isinstance(report.longrepr, tuple):
        return ""
    captured = "".join(f"\n----- {title} -----\n{text}" for title, text in report.sections)
    return report.longreprtext + captured


def _repeatable(config: pytest.Config, seed: int) -> list[str]:
    """The options that decide what a scenario meets; no address and no key is among them."""
    section = config.getoption("--target")
    defects: list[str] = config.getoption("--defect")
    return [
        f"--seed={seed}",
        *([f"--target={section}"] if section else []),
        *(f"--defect={each}" for each in defects),
        *_browser(config),
    ]


def _browser(config: pytest.Config) -> Iterator[str]:
    """The browser and the device, where they are not the usual ones."""
    engines: list[str] = config.getoption("--browser", None) or []
    yield from (f"--browser={each}" for each in engines)
    for option in ("--browser-channel", "--device"):
        value = config.getoption(option, None)
        if value:
            yield f"{option}={value}"


def _narrowed(config: pytest.Config) -> str | None:
    """How the scenarios to run were selected, in the words of the command line."""
    option = config.option
    parts = [
        f"{flag} {value}"
        for flag, value in (
            ("-k", option.keyword),
            ("-m", option.markexpr),
            ("--lf", "" if getattr(option, "lf", False) else None),
            ("--deselect", " ".join(option.deselect or [])),
            ("--maxfail", str(option.maxfail) if option.maxfail else None),
        )
        if value is not None and (value or flag == "--lf")
    ]
    paths = _inner_paths(config, config.args)
    return " ".join([*paths, *parts]).strip() or None


def _inner_paths(config: pytest.Config, arguments: Sequence[str]) -> list[str]:
    from harness.plugin.scope import folders  # noqa: PLC0415

    start = config.invocation_params.dir
    return [
        argument
        for argument in arguments
        if "::" in argument
        or not any(
            folder.is_relative_to((start / argument).resolve()) for folder in folders(config)
        )
    ]
