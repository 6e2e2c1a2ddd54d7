"""Finding the handler of a request.

A framework's router tries its routes one after another; with some sixty of them that costs as
much as creating a session. Here a path without parameters is one look-up, and one with
parameters is tried only against those that have as many segments and begin alike.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope
from starlette.websockets import WebSocket

Handler = Callable[[Request], Awaitable[Response]]
Listener = Callable[[WebSocket], Awaitable[None]]
_Key = tuple[int, str]

_PARAMETER: Final = re.compile(r"\{(\w+)\}")


class Missing(Exception):
    """Nothing is at that path."""


class WrongMethod(Exception):
    """Something is at that path, but not for that method."""


@dataclass(frozen=True)
class Route:
    """A path, with ``{name}`` for a segment or a part of one, and who answers there."""

    path: str
    endpoint: Handler
    methods: tuple[str, ...] | list[str]


@dataclass(frozen=True)
class SocketRoute:
    """A path of WebSockets and who listens there."""

    path: str
    endpoint: Listener


def _expression(path: str) -> re.Pattern[str]:
    parts = _PARAMETER.split(path)
    literals, names = parts[::2], parts[1::2]
    pattern = re.escape(literals[0])
    for name, literal in zip(names, literals[1:], strict=True):
        pattern += f"(?P<{name}>[^/]+)" + re.escape(literal)
    return re.compile(pattern)


@dataclass(frozen=True)
class _Pattern:
    """A path with parameters and its handlers by method."""

    expression: re.Pattern[str]
    handlers: dict[str, Handler] = field(default_factory=dict)


class Routes:
    """All HTTP routes of the sandbox."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._exact: dict[str, dict[str, Handler]] = {}
        self._patterns: dict[_Key, list[_Pattern]] = {}
        by_path: dict[str, _Pattern] = {}
        for route in routes:
            if "{" in route.path:
                pattern = by_path.get(route.path)
                if pattern is None:
                    pattern = by_path[route.path] = _Pattern(_expression(route.path))
                    self._patterns.setdefault(_key(route.path), []).append(pattern)
                handlers = pattern.handlers
            else:
                handlers = self._exact.setdefault(route.path, {})
            for method in route.methods:
                handlers[method] = route.endpoint
                if method == "GET":
                    handlers["HEAD"] = route.endpoint

    def find(self, scope: Scope) -> Handler:
        """The handler, with ``path_params`` put into the scope. Raises Missing, WrongMethod."""
        path: str = scope["path"]
        handlers = self._exact.get(path)
        if handlers is None:
            for pattern in self._patterns.get(_key(path), ()):
                found = pattern.expression.fullmatch(path)
                if found is not None:
                    scope["path_params"] = found.groupdict()
                    handlers = pattern.handlers
                    break
            else:
                raise Missing
        handler = handlers.get(scope["method"])
        if handler is None:
            raise WrongMethod
        return handler


class Sockets:
    """All WebSocket routes of the sandbox."""

    def __init__(self, routes: Iterable[SocketRoute]) -> None:
        self._routes = [(_expression(route.path), route.endpoint) for route in routes]

    def find(self, path: str) -> tuple[Listener, Mapping[str, Any]]:
        """Who listens there, and the path's parameters. Raises Missing."""
        for expression, listener in self._routes:
            found = expression.fullmatch(path)
            if found is not None:
                return listener, found.groupdict()
        raise Missing


def _key(path: str) -> _Key:
    """How many segments, and the first of them."""
    return path.count("/"), path[1:].partition("/")[0].partition("{")[0]
