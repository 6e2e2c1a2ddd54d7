"""Which Ottu a run talks to, and where that was said."""

from harness.settings.layers import OPTIONS, Layer, layers
from harness.settings.target import Target, is_loopback, resolve

__all__ = ["OPTIONS", "Layer", "Target", "is_loopback", "layers", "resolve"]
