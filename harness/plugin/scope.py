"""Whether this process takes part in a run of scenarios, and as what."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from harness.plugin.options import SCENARIO_FOLDERS

WIRE = "checkout_harness"


def handed_over(config: pytest.Config) -> dict[str, Any] | None:
    """What the controller gave this xdist worker, None in any other process."""
    given = getattr(config, "workerinput", {}).get(WIRE)
    return cast("dict[str, Any] | None", given)


def is_controller(config: pytest.Config) -> bool:
    """Whether this process sees the whole run: xdist's controller, or the only one."""
    return not hasattr(config, "workerinput")


def runs_them_itself(config: pytest.Config) -> bool:
    """Whether scenarios run in this process: one of xdist's workers, or pytest without any."""
    return not is_controller(config) or getattr(config.option, "dist", "no") == "no"


def folders(config: pytest.Config) -> list[Path]:
    """The folders whose tests are scenarios."""
    return [(config.rootpath / name).resolve() for name in config.getini(SCENARIO_FOLDERS)]


def has_scenarios(config: pytest.Config) -> bool:
    """Whether any path that pytest was given holds scenarios, or is inside such a folder."""
    if config.option.collectonly or config.option.help:
        return False
    start = config.invocation_params.dir
    given = [(start / argument.partition("::")[0]).resolve() for argument in config.args]
    return any(
        path.is_relative_to(folder) or folder.is_relative_to(path)
        for path in given
        for folder in folders(config)
    )


def is_scenario(config: pytest.Config, path: Path) -> bool:
    """Whether a test in that file is a scenario."""
    return any(path.resolve().is_relative_to(folder) for folder in folders(config))
