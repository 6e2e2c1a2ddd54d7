"""The options that name a target, the same for every command that takes one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from harness.settings import OPTIONS
from harness.settings.layers import option_of


def with_target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of all settings, and `--target`.

    The command is called with `options`, a value or None by setting, and `section`, the NAME of
    a `[target.NAME]` in harness.toml, beside its own parameters.
    """

    @wraps(command)
    def called(**given: Any) -> Any:  # noqa: ANN401 -- whatever the command takes and gives
        options = {field: given.pop(field) for field in OPTIONS}
        return command(options=options, section=given.pop("section"), **given)

    named = {
        field: Annotated[str | None, typer.Option(option_of(field), help=meaning, metavar="VALUE")]
        for field, meaning in OPTIONS.items()
    }
    named["section"] = Annotated[
        str | None,
        typer.Option("--target", help="Use [target.NAME] of harness.toml.", metavar="NAME"),
    ]
    own = [
        each
        for each in inspect.signature(command, eval_str=True).parameters.values()
        if each.name not in {"options", "section"}
    ]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in named.items()
    ]
    kept = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
    called.__signature__ = inspect.Signature([*kept, *added])  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in [*kept, *added]}
    return called
