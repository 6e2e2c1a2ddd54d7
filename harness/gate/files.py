"""Files under `reports/`: written whole or not at all, and cleared before a run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from harness.errors import ConfigurationError, InfrastructureError
from harness.safety.journal import FILE_NAME as SESSIONS
from harness.stream import FILE_NAME

VERDICT = "verdict.json"
SUMMARY = "verdict.md"
JUNIT = "junit.xml"
CTRF = "ctrf.json"
RESULTS = "allure-results"
REPORT = "allure-report"
REPLAY = "replay"

_OURS = (
    *(VERDICT, SUMMARY, JUNIT, CTRF, RESULTS, REPORT, REPLAY),
    *(FILE_NAME, SESSIONS, "sandbox.log"),
)


def clear(folder: Path) -> None:
    """Take away what an earlier run left, so that nothing of it passes for this one's.

    Raises:
        ConfigurationError: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _OURS:
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        message = f"The reports folder {folder} cannot be used: {error.strerror}."
        raise ConfigurationError(message) from error


def write(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    Raises:
        InfrastructureError: it could not be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        message = f"{path} cannot be written: {error.strerror}."
        raise InfrastructureError(message) from error
