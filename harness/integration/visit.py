"""Everything that one visit to a merchant's page showed. Plain data: nothing here asks anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from harness.callbacks import CallbackEvent, Kind, ScriptWiring


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the page's own policy kept from happening.

    `directive` is the part of the policy, `blocked` what was blocked (an address, or a word such
    as `inline`), `source` the script that tried, as far as the browser says so.
    """

    directive: str
    blocked: str
    source: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A payment method of the session: its code, and the gateway behind it (`kpay`, `mpgs`)."""

    code: str
    pg: str


@dataclass(frozen=True, slots=True)
class Control:
    """Something of the page's own that a customer can use: what it is called, and whether now."""

    label: str
    usable: bool


@dataclass
class Visit:
    """One opening of the page, and what a customer did there.

    Attributes:
        url: the address that was opened.
        documented_sdk: an address of the SDK's script that is right besides Ottu's own.
        events: what the recorder noted.
        scripts: the script elements with callbacks in their attributes.
        loaded: addresses of the scripts that were loaded.
        policies: each Content-Security-Policy that the page sends or declares.
        violations: what those kept from happening.
        container: whether the element that the last init names is in the page.
        rendered: whether the SDK showed its payment methods.
        answers: the HTTP status of each address that stands for a callback.
        read: how many documents, scripts and requests were searched for keys.
        private_places: where a private key was found, in words without the key.
        key: what the key given to the SDK is, as far as the Checkout API tells.
        offers: the payment methods of the session.
        before, after: the page's own controls, by their place, before a payment was begun and
            after its callback; None where they were not looked at.
        new_text: what the page itself said since the payment was begun.
        dialogs: what it said in dialogs of the browser (`alert`).
        went_to: the addresses the tab was sent to after the payment was begun.
        stopped: why the visit did not come to its end.
    """

    url: str
    documented_sdk: str | None = None
    events: list[CallbackEvent] = field(default_factory=list)
    scripts: list[ScriptWiring] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    container: bool = False
    rendered: bool = False
    answers: dict[str, int] = field(default_factory=dict)
    read: int = 0
    private_places: list[str] = field(default_factory=list)
    key: Literal["public", "private", "unknown"] = "unknown"
    offers: list[Offer] = field(default_factory=list)
    before: Mapping[str, Control] | None = None
    after: Mapping[str, Control] | None = None
    new_text: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    went_to: list[str] = field(default_factory=list)
    stopped: str | None = None

    @property
    def inits(self) -> list[dict[str, Any]]:
        """What each `Checkout.init` was given."""
        calls = [e for e in self.events if e.kind == "init" and e.phase == "called"]
        return [call.payload if isinstance(call.payload, dict) else {} for call in calls]

    def fired(self, kind: Kind) -> CallbackEvent | None:
        """The first run of that callback, or visit to the address that stands for it."""
        return next((e for e in self.events if e.fired and e.kind == kind), None)

    def names(self, kind: Kind) -> bool:
        """Whether a script element names something for that callback or hook."""
        return any(each.kind == kind for script in self.scripts for each in script.targets)

    def popups(self, kind: str, after: int = 0) -> list[list[Any]]:
        """Arguments of the page's calls of `showPopup` for popups of that kind."""
        shown = [e.payload for e in self.events if e.kind == "popup" and e.sequence > after]
        return [arguments for arguments in shown if arguments and arguments[0] == kind]

    def why_not(self, otherwise: str) -> str:
        """Why something could not be seen: what stopped the visit, or else what is given."""
        return self.stopped or otherwise
