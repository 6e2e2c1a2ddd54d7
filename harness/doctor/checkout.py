"""A real checkout in the browser, and whether page objects find in it what they look for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from harness.doctor.finding import Finding, fine, not_checked, trouble
from harness.doctor.patient import Patient
from harness.probes.contract import Act, play
from harness.probes.observation import HELD, MISSING, Observation

FOLDER: Final = "doctor"


def checkout(patient: Patient) -> Iterator[Finding]:
    """Play the page-object contract; an act a line, and a line for everything not found."""
    folder = patient.reports / FOLDER
    played = play(patient.ottu, patient.conduct, folder)
    locators = [each for each in played.observations if each.area == "locators"]
    spoilt = any(each.seen == MISSING for each in locators)
    for act in played.acts:
        looked = [each for each in locators if each.where == act.name]
        yield from _not_found(act, looked)
        yield from _outcome(act, looked, spoilt=spoilt)
    yield fine("pictures", str(folder))


def _not_found(act: Act, looked: list[Observation]) -> Iterator[Finding]:
    for each in looked:
        if each.seen == MISSING:
            yield trouble(
                act.name,
                f"{each.what} is not found.",
                f"If the customer sees it, change {each.hint}; if not, the checkout is broken.",
                1,
            )


def _outcome(act: Act, looked: list[Observation], *, spoilt: bool) -> Iterator[Finding]:
    if act.fate == "left out":
        yield not_checked(act.name, act.reason)
    elif act.fate == "broken":
        yield trouble(act.name, f"It could not be played: {act.reason}", "Run doctor again.", 3)
    elif act.fate == "played":
        yield fine(act.name, f"{len(looked)} of {len(looked)} locators found")
    elif not spoilt:
        yield trouble(
            act.name,
            f"It did not come out as it must: {act.reason}",
            f"Play it alone: python -m pytest scenarios/contract -k '{act.test}'",
            1,
        )
    elif not act.reason.startswith(HELD):
        # Page objects and witnesses go by the same names, so this may follow from the above.
        yield not_checked(
            f"{act.name}: outcome", f"something is not found, and it ended with: {act.reason}"
        )
