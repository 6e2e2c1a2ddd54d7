"""The control page."""

from .routing import Route

ROUTES: list[Route] = []
