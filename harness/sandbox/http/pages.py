"""Rendering the pages a customer sees."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"


@cache
def _environment() -> Environment:
    """Made for the first page: no API client should wait for the template engine's import."""
    import jinja2  # noqa: PLC0415 -- see above

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )


def rendered(template: str, /, **context: Any) -> str:
    """The template filled in."""
    return _environment().get_template(template).render(context)


def page(template: str, /, status_code: int = 200, **context: Any) -> HTMLResponse:
    """The template filled in, as an answer that no browser keeps."""
    return HTMLResponse(
        rendered(template, **context), status_code, headers={"Cache-Control": "no-store"}
    )


def problem(heading: str, message: str, status: int = 404) -> HTMLResponse:
    """A page that says what is wrong."""
    return page("problem.html", status, heading=heading, message=message)
