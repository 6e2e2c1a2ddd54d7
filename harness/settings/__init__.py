"""Which Ottu a run talks to, how it behaves there, and where that was said."""

from harness.settings.conduct import Conduct, conduct
from harness.settings.layers import OPTIONS, Layer, layers
from harness.settings.target import Target, is_loopback, resolve

__all__ = [
    "OPTIONS",
    "Conduct",
    "Layer",
    "Target",
    "conduct",
    "is_loopback",
    "layers",
    "resolve",
]
