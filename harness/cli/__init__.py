"""The command line: what a person and a pipeline call."""

from harness.cli.app import main

__all__ = ["main"]
