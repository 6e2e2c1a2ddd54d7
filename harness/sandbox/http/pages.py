"""Rendering the pages a customer sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
)


def rendered(template: str, /, **context: Any) -> str:
    """The template filled in."""
    return _ENVIRONMENT.get_template(template).render(context)


def page(template: str, /, status_code: int = 200, **context: Any) -> HTMLResponse:
    """The template filled in, as an answer that no browser keeps."""
    return HTMLResponse(
        rendered(template, **context), status_code, headers={"Cache-Control": "no-store"}
    )


def problem(heading: str, message: str, status: int = 404) -> HTMLResponse:
    """A page that says what is wrong."""
    return page("problem.html", status, heading=heading, message=message)
