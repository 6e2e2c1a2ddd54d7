"""The longest scenarios come first, so that no lane or worker is left alone with one at the end."""

from __future__ import annotations

import pytest

from harness.plugin import durations


class LongestFirstPlugin:
    """Puts scenarios in the order in which they are to be taken, where several run at once."""

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Longest first, one browser after another; what is not known is taken as average."""
        known = durations.load(config.rootpath)
        average = sum(known.values()) / len(known) if known else 0.0
        browsers: dict[str, int] = {}

        def place(item: pytest.Item) -> tuple[int, float]:
            seconds = known.get(durations.in_any_browser(item.nodeid), average)
            return browsers.setdefault(_browser(item), len(browsers)), -seconds

        items.sort(key=place)


def _browser(item: pytest.Item) -> str:
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("browser_name", "")) if callspec else ""
