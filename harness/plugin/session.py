"""One run of scenarios, seen from the controller and from a worker.

The controller finds the target out (and starts the embedded sandbox where none is named), hands
it to the workers, and keeps the record of the run.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from harness.dealings import Dealings, Opened, Shared
from harness.embedded import COMMAND, EmbeddedSandbox
from harness.errors import HarnessError, TargetUnreachable
from harness.plugin import (
    browsers,
    capabilities,
    durations,
    lanes,
    options,
    preflight,
    seed,
    shards,
)
from harness.plugin.handed_over import handed_over
from harness.plugin.record import Recorder, write_collection
from harness.plugin.scope import WIRE
from harness.redaction import redactor
from harness.settings import Target
from harness.stream import (
    FILE_NAME,
    BrowserLost,
    Kind,
    LeftOut,
    Probed,
    Rested,
    Stopped,
    StreamWriter,
    TargetKnown,
    TargetLost,
)

TARGET = pytest.StashKey[Target]()
REPORTS = pytest.StashKey[Path]()
DEALINGS = pytest.StashKey[Dealings]()


class WorkerPlugin:
    """A worker takes over what the controller found out."""

    def __init__(self, config: pytest.Config, given: dict[str, Any]) -> None:
        self._exchange = Path(given["exchange"])
        target = Target.model_validate(given["target"])
        _stash(config, target, given["seed"])
        config.stash[DEALINGS] = Dealings(Shared.from_wire(given["shared"]), target)
        browsers.kept_secret(config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Leave what was collected where the controller finds it: xdist itself sends only ids."""
        write_collection(self._exchange, session.items)


class ControllerPlugin:
    """The process that sees the whole run, with workers or without."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seed = seed.choose(config)
        self._exchange = Path(tempfile.mkdtemp(prefix="checkout-harness-"))
        self._sandbox: EmbeddedSandbox | None = None
        self._given = handed_over()
        self._opened: Opened | None = None
        self._lost: str | None = None
        self._session: pytest.Session | None = None
        self._started = datetime.now(UTC)
        self._writer = StreamWriter(options.reports(config) / FILE_NAME)
        self._recorder = Recorder(self._writer, config, self._exchange)
        config.pluginmanager.register(self._recorder, "harness-record")
        config.add_cleanup(self._clean_up)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Have a target that answers before anything is collected."""
        self._session = session
        try:
            shard = shards.asked_for(self._config)
            lanes.check(self._config)
            durations.load(self._config.rootpath)
        except HarnessError as error:
            self._recorder.started(self._seed)
            self._end("configuration", error.message, error.exit_code)
        self._recorder.started(self._seed, shard)
        try:
            given = self._given
            conduct = given.conduct if given else options.conduct_of(self._config)
            target = self._find_target()
            reports = options.reports(self._config)
            self._opened = Opened(conduct, target, reports, self._exchange)
        except HarnessError as error:
            kind: Kind = "configuration" if error.exit_code == 2 else "broken"
            self._end(kind, redactor.text(error.message), error.exit_code)
        _stash(self._config, target, self._seed)
        pid = self._sandbox.pid if self._sandbox else None
        self._writer.write(TargetKnown(target=target.public(), sandbox_pid=pid))
        self._config.stash[DEALINGS] = Dealings(self._opened.shared, target)
        if self._opened.unheard:
            self._writer.write(LeftOut(witness="webhook", reason=self._opened.unheard))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401 -- xdist has no public type
        """Hand everything that a worker needs to it."""
        node.workerinput[WIRE] = {
            "target": self._config.stash[TARGET].to_wire(),
            "seed": self._seed,
            "exchange": str(self._exchange),
            "shared": self._opened.shared.to_wire() if self._opened else {},
        }

    def pytest_report_header(self) -> list[str]:
        """Say which Ottu, and how to get the same customers again."""
        target = self._config.stash.get(TARGET, None)
        where = f"{target.name} at {target.base_url}" if target else "none"
        run = self._opened.shared.run if self._opened else "none"
        return [f"target: {where}", f"seed: {self._seed}", f"run: {run}"]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run whose target went away under it is no verdict on the checkout."""
        target = self._config.stash.get(TARGET, None)
        if target is not None and self._recorder.something_broke and not self._lost:
            self._probe(target)
        if self._lost:
            session.exitstatus = 3
        if self._opened is not None and self._opened.rests:
            self._writer.write(Rested(times=self._opened.rests))

    def _probe(self, target: Target) -> None:
        """Ask the target whether it is still there, now that something has gone wrong."""
        try:
            capabilities.discover(target)
        except TargetUnreachable as error:
            self._lost = f"The target went away during the run: {error.message}"
            # Whatever failed after the last thing that went well may be its absence.
            since = self._recorder.last_pass or self._started
            self._writer.write(TargetLost(at=since, message=redactor.text(self._lost)))
            return
        message = f"Asked at the end of the run, {target.name} still answered."
        self._writer.write(Probed(message=message))

    def _find_target(self) -> Target:
        server = browsers.kept_secret(self._config)
        if server is not None:
            watch = browsers.BrowserServerPlugin(server, self._browsers_gone)
            self._config.pluginmanager.register(watch, "harness-browser-server")
        named = self._given.target if self._given else options.target(self._config)
        if named is None:
            command = [*COMMAND, *(f"--defect={each}" for each in self._config.option.defect)]
            log = options.reports(self._config) / "sandbox.log"
            self._sandbox = EmbeddedSandbox(log, command, self._died)
            preflight.check_browser(self._config)  # while the sandbox starts
            named = self._sandbox.ready()
        else:
            preflight.check_browser(self._config)
        redactor.register(named.api_key, *([named.hmac_key] if named.hmac_key else []))
        found = capabilities.discover(named)
        preflight.check_key(found)
        return found

    def _died(self, code: int) -> None:
        """Called from the sandbox's watcher: stop the run, whatever is under way."""
        words = self._sandbox.last_words() if self._sandbox else ""
        self._lost = f"The embedded sandbox died with exit code {code}: {words}"
        self._writer.write(TargetLost(message=redactor.text(self._lost)))
        self._stop(self._lost)

    def _browsers_gone(self, sentence: str) -> None:
        self._lost = sentence
        # A browser that is going takes scenarios with it which look as if they had failed.
        since = self._recorder.last_pass or self._started
        self._writer.write(BrowserLost(at=since, message=sentence))
        self._stop(sentence)

    def _stop(self, why: str) -> None:
        distributed = self._config.pluginmanager.getplugin("dsession")
        for loop in (self._session, distributed):
            if loop is not None:
                loop.shouldstop = why

    def _end(self, kind: Kind, sentence: str, exit_code: int) -> NoReturn:
        self._writer.write(Stopped(kind=kind, message=sentence))
        pytest.exit(sentence, returncode=exit_code)

    def _clean_up(self) -> None:
        if self._opened is not None:
            self._opened.close()
        if self._sandbox is not None:
            self._sandbox.stop()
        self._writer.close()
        shutil.rmtree(self._exchange, ignore_errors=True)


def _stash(config: pytest.Config, target: Target, chosen: int) -> None:
    config.stash[TARGET] = target
    config.stash[seed.SEED] = chosen
    config.stash[REPORTS] = options.reports(config)
    redactor.register(target.api_key, *([target.hmac_key] if target.hmac_key else []))
