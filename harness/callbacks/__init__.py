"""Which callbacks fired: a recorder in every document of a browser context."""

from harness.callbacks.event import CALLBACKS, CallbackEvent, Kind, Phase
from harness.callbacks.navigation import is_of_the_tab, sends_the_tab
from harness.callbacks.recorder import CallbackRecorder
from harness.callbacks.wiring import Named, ScriptWiring

__all__ = [
    "CALLBACKS",
    "CallbackEvent",
    "CallbackRecorder",
    "Kind",
    "Named",
    "Phase",
    "ScriptWiring",
    "is_of_the_tab",
    "sends_the_tab",
]
