"""Allure's files, written through the redactor.

Scenarios redact what they attach, but Allure's plugin writes things of its own: the message and
traceback of a failure, parameters, captured output. All of it passes here on its way to disk.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any, Final

from allure_commons import hookimpl
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Status
from allure_pytest import plugin as allures  # type: ignore[import-untyped]
from attr import asdict

from harness.redaction import redactor

_NO_TEXT: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webm", ".zip"})


class RedactedResults(AllureFileLogger):
    """Allure's own writer of results and attachments, without the secrets."""

    @hookimpl
    def report_attached_data(self, body: str | bytes, file_name: str) -> None:
        """Write an attachment; pictures and archives are the business of who made them."""
        told = body if Path(file_name).suffix in _NO_TEXT else redactor.redact(body)
        super().report_attached_data(told, file_name)  # type: ignore[no-untyped-call]

    @hookimpl
    def report_container(self, container: Any) -> None:  # noqa: ANN401 -- one of Allure's models
        """Write what fixtures did, where one of them has something to tell.

        A scenario has thirty of them; that they went well is said by the scenario itself.
        """
        if any(map(_tells, (*container.befores, *container.afters))):
            self._report_item(container)

    def _report_item(self, item: Any) -> None:  # noqa: ANN401 -- one of Allure's models
        content = redactor.redact(asdict(item, filter=lambda _, value: value or value is False))
        file = self._report_dir / item.file_pattern.format(prefix=uuid.uuid4())
        draft = file.with_name(f"{file.name}.tmp")
        draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        draft.replace(file)


def _tells(fixture: Any) -> bool:  # noqa: ANN401 -- one of Allure's models
    # The last finalizer is the one that has this written: how it ends is not known yet.
    went_well = fixture.status in {None, Status.PASSED}
    return bool(not went_well or fixture.steps or fixture.attachments)


def install() -> None:
    """Have Allure's plugin use this writer; to be called before pytest is configured."""
    allures.AllureFileLogger = RedactedResults
