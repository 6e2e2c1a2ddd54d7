"""Finding the handler of a request.

Starlette tries its routes one after another; with some sixty of them that costs as much as
creating a session. Here a path without parameters is one look-up, and one with parameters is
tried only against those that have as many segments and begin alike.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable

from starlette.convertors import Convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, compile_path
from starlette.types import Scope

Handler = Callable[[Request], Awaitable[Response]]
_Key = tuple[int, str]


class Missing(Exception):
    """Nothing is at that path."""


class WrongMethod(Exception):
    """Something is at that path, but not for that method."""


class Pattern:
    """A path with parameters and its handlers by method."""

    def __init__(self, path: str) -> None:
        expression, _, convertors = compile_path(path)
        self._expression: re.Pattern[str] = expression
        self._convertors: dict[str, Convertor[object]] = convertors
        self.handlers: dict[str, Handler] = {}

    def match(self, path: str) -> dict[str, object] | None:
        """The path's parameters, or None when it is another path."""
        found = self._expression.match(path)
        if found is None:
            return None
        return {
            name: self._convertors[name].convert(value) for name, value in found.groupdict().items()
        }


class Routes:
    """All HTTP routes of the sandbox."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._exact: dict[str, dict[str, Handler]] = {}
        self._patterns: dict[_Key, list[Pattern]] = {}
        by_path: dict[str, Pattern] = {}
        for route in routes:
            if "{" in route.path:
                pattern = by_path.get(route.path)
                if pattern is None:
                    pattern = by_path[route.path] = Pattern(route.path)
                    self._patterns.setdefault(_key(route.path), []).append(pattern)
                handlers = pattern.handlers
            else:
                handlers = self._exact.setdefault(route.path, {})
            for method in route.methods or ():
                handlers[method] = route.endpoint

    def find(self, scope: Scope) -> Handler:
        """The handler, with ``path_params`` put into the scope. Raises Missing, WrongMethod."""
        path: str = scope["path"]
        handlers = self._exact.get(path)
        if handlers is None:
            for pattern in self._patterns.get(_key(path), ()):
                params = pattern.match(path)
                if params is not None:
                    scope["path_params"] = params
                    handlers = pattern.handlers
                    break
            else:
                raise Missing
        handler = handlers.get(scope["method"])
        if handler is None:
            raise WrongMethod
        return handler


def _key(path: str) -> _Key:
    """How many segments, and the first of them."""
    return path.count("/"), path[1:].partition("/")[0].partition("{")[0]
