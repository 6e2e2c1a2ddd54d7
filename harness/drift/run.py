"""One comparison of a live target with the embedded sandbox, from settings to rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import AwareDatetime, BaseModel

from harness.api import AvailableMethod, CheckoutAPI
from harness.drift.compare import Comparison, compare
from harness.drift.survey import survey
from harness.embedded import EmbeddedSandbox
from harness.errors import ConfigurationError
from harness.gate import files
from harness.plugin import capabilities, preflight
from harness.probes.questions import in_common
from harness.redaction import redactor
from harness.settings import Conduct, Target, conduct, layers, resolve

FILE_NAME: Final = "drift.json"
FOLDER: Final = "drift"


class Report(BaseModel):
    """What is kept of a comparison."""

    at: AwareDatetime
    exit_code: int
    live: dict[str, Any]
    comparison: Comparison


def drift(
    options: Mapping[str, str | None],
    section: str | None,
    reports: Path,
    say: Callable[[str], None],
) -> Report:
    """Compare; the report is left in `reports`. `say` is told each stage.

    Raises:
        ConfigurationError: no live target is named, or its settings are wrong.
        InfrastructureError: it cannot be reached, or the machine failed.
    """
    named = layers(options, section=section)
    live = resolve(named, section)
    if live is None:
        raise ConfigurationError(
            "No live target is named, and drift compares one with the embedded sandbox: set "
            "OTTU_BASE_URL and its keys, or give --target NAME."
        )
    redactor.register(live.api_key, *([live.hmac_key] if live.hmac_key else []))
    say(f"asking {live.base_url}")
    live = capabilities.discover(live)
    preflight.check_key(live)
    folder = reports / FOLDER
    sandbox = EmbeddedSandbox(folder / "sandbox.log")
    try:
        embedded = capabilities.discover(sandbox.ready())
        comparison = _compared(embedded, live, conduct(named), folder, say)
    finally:
        sandbox.stop()
    report = Report(
        at=datetime.now(UTC),
        exit_code=1 if comparison.differences else 0,
        live=live.public(),
        comparison=Comparison.model_validate(redactor.redact(comparison.model_dump())),
    )
    files.write(reports / FILE_NAME, report.model_dump_json(indent=2) + "\n")
    return report


def _compared(
    embedded: Target, live: Target, within: Conduct, folder: Path, say: Callable[[str], None]
) -> Comparison:
    terms = in_common(_offered(embedded), _offered(live), (embedded.name, live.name))
    say("surveying the embedded sandbox")
    ours = survey(embedded, Conduct(), terms[0], folder / "embedded")
    say(f"surveying {live.name}")
    theirs = survey(live, within, terms[1], folder / "live")
    return compare(ours, theirs)


def _offered(target: Target) -> list[AvailableMethod]:
    with CheckoutAPI(target.base_url, target.api_key) as api:
        offered = api.payment_methods()
    return [each for each in offered if not target.pg_codes or each.code in target.pg_codes]
