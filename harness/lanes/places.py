"""Places in which there is room for one test only, exchanged whenever another lane goes on."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pytest
from _pytest.assertion import util as assertions
from _pytest.logging import LogCaptureHandler, LoggingPlugin
from _pytest.runner import SetupState
from greenlet import greenlet, settrace
from playwright._impl import _assertions as playwright_assertions

from harness.lanes.lane import Lane


class Place(Protocol):
    """Somewhere that one value fits."""

    def look(self) -> Any:  # noqa: ANN401 -- of whatever type belongs there
        """What is there."""

    def put(self, value: Any) -> None:  # noqa: ANN401
        """Have it there instead."""


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """An attribute of a module, or of an object that all lanes share."""

    owner: Any
    name: str

    def look(self) -> Any:  # noqa: ANN401
        """Its value."""
        return getattr(self.owner, self.name)

    def put(self, value: Any) -> None:  # noqa: ANN401
        """Give it another."""
        setattr(self.owner, self.name, value)


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A variable of the environment; None where there is none."""

    name: str

    def look(self) -> str | None:
        """Its value."""
        return os.environ.get(self.name)

    def put(self, value: str | None) -> None:
        """Give it another."""
        if value is None:
            os.environ.pop(self.name, None)
        else:
            os.environ[self.name] = value


class Belongings:
    """Has in `places`, at any time, what belongs to the lane that is going on.

    Whatever is no lane (Playwright's own greenlets, the one that began) shares what was there
    before.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._kept: dict[object, list[Any]] = {}
        self._holder: object = None

    def exchange(self) -> None:
        """Begin."""
        settrace(self._switched)

    def leave(self) -> None:
        """End; every lane is over by then."""
        settrace(None)

    def give(self, lane: Lane, own: Mapping[Place, Any]) -> None:
        """Called outside of lanes, for one that is about to begin: what is not its own stays."""
        for over in [each for each in self._kept if isinstance(each, Lane) and each.dead]:
            del self._kept[over]
        self._kept[lane] = [own.get(place, place.look()) for place in self._places]

    def _switched(self, event: str, args: tuple[greenlet, greenlet]) -> None:  # noqa: ARG002
        target = args[1] if isinstance(args[1], Lane) else None
        if target is self._holder:
            return
        self._kept[self._holder] = [place.look() for place in self._places]
        self._holder = target
        for place, value in zip(self._places, self._kept[target], strict=True):
            place.put(value)


class LaneSetupState(SetupState):
    """pytest's stack of what is set up, for one lane: what it shares with others stays."""

    def __init__(self, session: pytest.Session, shared: SetupState) -> None:
        super().__init__()
        self._session = session
        self.stack[session] = shared.stack[session]

    def teardown_exact(self, nextitem: pytest.Item | None) -> None:  # noqa: ARG002
        """Tear down all but the session, whatever comes next."""
        super().teardown_exact(self._session)  # type: ignore[arg-type]  # it reads its chain only


class PytestPlaces:
    """The places of pytest itself, and what a lane gets to put there.

    Found by reading pytest 9.2: the stack of what is set up; the variable that names the test
    under way; filters of warnings and who records them; how assertions explain themselves; the
    handlers that collect log records. And one of Playwright's, its list of soft assertions.
    """

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._setup_state = Attribute(session, "_setupstate")
        self._handlers = Attribute(logging.getLogger(), "handlers")
        self._logging: LoggingPlugin | None = session.config.pluginmanager.getplugin(
            "logging-plugin"
        )
        self._collectors = [
            Attribute(self._logging, name)
            for name in ("caplog_handler", "report_handler")
            if self._logging is not None
        ]
        # The session itself is set up here, once, for all of them.
        session._setupstate.setup(session)  # type: ignore[arg-type]  # noqa: SLF001
        self.all: list[Place] = [
            self._setup_state,
            Variable("PYTEST_CURRENT_TEST"),
            *(Attribute(warnings, each) for each in ("filters", "showwarning")),
            Attribute(warnings, "_showwarnmsg_impl"),
            *(Attribute(assertions, e) for e in ("_reprcompare", "_assertion_pass", "_config")),
            self._handlers,
            *self._collectors,
            Attribute(playwright_assertions, "_soft_errors"),
        ]
        self._shared: SetupState = session._setupstate  # noqa: SLF001

    def own(self) -> dict[Place, Any]:
        """What a new lane gets."""
        return {
            self._setup_state: LaneSetupState(self._session, self._shared),
            self._handlers: list(logging.getLogger().handlers),
            **{place: self._collector() for place in self._collectors},
        }

    def _collector(self) -> LogCaptureHandler:
        collector = LogCaptureHandler()
        assert self._logging is not None  # noqa: S101 -- else there are no such places
        collector.setFormatter(self._logging.formatter)
        return collector
