"""The order in which things are looked at, and what each needs of those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from harness.doctor import address, checkout, finding, keys, machine, methods, sdk_script, webhook
from harness.doctor.finding import Finding
from harness.doctor.patient import Patient
from harness.embedded import EmbeddedSandbox
from harness.errors import HarnessError
from harness.redaction import redactor
from harness.settings import conduct, layers, resolve

Fact: TypeAlias = Literal["browser", "a started browser", "target", "answer", "key", "script"]

_LACKING: Final[dict[Fact, str]] = {
    "browser": "there is no browser",
    "a started browser": "no browser starts",
    "target": "no target can be used",
    "answer": "the target does not answer",
    "key": "the private key does not work",
    "script": "there is no SDK script",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One look: under which name it is told, what must be so before it, what is so after it."""

    subject: str
    look: Callable[[Patient], Iterable[Finding]]
    needs: tuple[Fact, ...] = ()
    gives: Fact | None = None


def examine(patient: Patient) -> Iterator[Finding]:
    """Look at everything there is, each finding as soon as it is made.

    A sandbox is started where no target is named, and ends with the examination.
    """
    with ExitStack() as stack:
        known: set[Fact] = set()
        for check in _checks(stack):
            lacking = next((fact for fact in check.needs if fact not in known), None)
            if lacking is not None:
                yield finding.not_checked(check.subject, _LACKING[lacking])
                continue
            well = True
            for found in _looked(check, patient):
                well = well and not found.exit_code
                yield found
            if well and check.gives is not None:
                known.add(check.gives)


def _looked(check: Check, patient: Patient) -> Iterator[Finding]:
    try:
        yield from check.look(patient)
    except HarnessError as error:
        yield finding.error(check.subject, error)


def _checks(stack: ExitStack) -> list[Check]:
    def settings(patient: Patient) -> Iterator[Finding]:
        yield _settings(patient, stack)

    return [
        Check("Python", machine.python),
        Check("browser", machine.browser_found, gives="browser"),
        Check("browser starts", machine.browser_launches, ("browser",), "a started browser"),
        Check("settings", settings, gives="target"),
        Check("the way there", address.reachable, ("target",), "answer"),
        Check("clock", address.clock, ("target", "answer")),
        Check("private key", keys.private_key, ("target", "answer"), "key"),
        Check("public key", keys.public_key, ("target", "answer")),
        Check("SDK script", sdk_script.script, ("target",), "script"),
        Check("payment methods", methods.methods, ("target", "answer", "key")),
        Check("webhooks", webhook.webhook, ("target",)),
        Check(
            "checkout",
            checkout.checkout,
            ("target", "answer", "key", "script", "a started browser"),
        ),
    ]


def _settings(patient: Patient, stack: ExitStack) -> Finding:
    named = layers(patient.options, section=patient.section)
    target = resolve(named, patient.section)
    patient.conduct = conduct(named)
    if target is not None:
        redactor.register(target.api_key, *([target.hmac_key] if target.hmac_key else []))
        patient.target = target
        return finding.fine("settings", f"{target.name}, {target.base_url}")
    sandbox = EmbeddedSandbox(patient.reports / checkout.FOLDER / "sandbox.log")
    stack.callback(sandbox.stop)
    patient.target = sandbox.ready()
    return finding.fine("settings", "they name no target, so the embedded sandbox is examined")
