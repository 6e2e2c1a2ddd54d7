"""A real checkout in the browser, and whether page objects find in it what they look for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.doctor.finding import Finding, fine, not_checked, trouble
from harness.doctor.patient import Patient
from harness.probes.contract import Act, play
from harness.probes.observation import MISSING, Observation

FOLDER: Final = "doctor"


def checkout(patient: Patient) -> Iterator[Finding]:
    """Play the page-object contract; an act a line, and a line for everything not found."""
    folder = patient.reports / FOLDER
    played = play(patient.ottu, patient.conduct, folder)
    for act in played.acts:
        looked = [
            each
            for each in played.observations
            if each.area == "locators" and each.where == act.name
        ]
        yield from _told(act, looked)
    yield fine("pictures", str(folder))


def _told(act: Act, looked: list[Observation]) -> Iterator[Finding]:
    missing = [each for each in looked if each.seen == MISSING]
    for each in missing:
        yield trouble(
            act.name,
            f"{each.what} is not found.",
            f"If the customer sees it, change {each.hint}; if not, the checkout is broken.",
            1,
        )
    if act.fate == "left out":
        yield not_checked(act.name, act.reason)
    elif act.fate == "broken":
        yield trouble(act.name, f"It could not be played: {act.reason}", "Run doctor again.", 3)
    elif act.fate == "failed" and not missing:
        yield trouble(
            act.name,
            f"It did not come out as it must: {act.reason}",
            f"Play it alone: python -m pytest scenarios/contract -k '{act.test}'",
            1,
        )
    elif act.fate == "failed":
        yield not_checked(f"{act.name}, the rest", f"of the above; it ended with: {act.reason}")
    else:
        yield fine(act.name, f"{len(looked)} of {len(looked)} locators found")
