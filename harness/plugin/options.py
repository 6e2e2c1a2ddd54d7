"""The options that a run of scenarios understands beyond pytest's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.settings import OPTIONS, Conduct, Layer, Target, conduct, layers, resolve
from harness.settings.layers import option_of

SCENARIO_FOLDERS = "scenario_folders"


def add(parser: pytest.Parser) -> None:
    """Add them all, in a group of their own in `--help`."""
    group = parser.getgroup("checkout-harness", "Ottu Checkout scenarios")
    for field, meaning in OPTIONS.items():
        group.addoption(option_of(field), metavar="VALUE", help=meaning)
    group.addoption("--target", metavar="NAME", help="use [target.NAME] of harness.toml")
    group.addoption(
        "--reports",
        metavar="DIR",
        default="reports",
        help="folder for everything the run leaves behind (default: %(default)s)",
    )
    group.addoption(
        "--seed",
        metavar="N",
        type=int,
        help="make the same customers and cards as an earlier run (default: a new number)",
    )
    group.addoption(
        "--defect",
        metavar="ID",
        action="append",
        default=[],
        help="plant a defect in the embedded sandbox, to see the scenarios catch it",
    )
    group.addoption(
        "--infrastructure-reruns",
        metavar="N",
        type=int,
        default=0,
        help="try a scenario again when the machine or the target failed (default: %(default)s); "
        "it shows as flaky",
    )
    group.addoption(
        "--quarantined",
        metavar="'TICKET ID'",
        action="append",
        default=[],
        help="show a scenario as a known issue (the gate says so of its quarantine)",
    )
    group.addoption(
        "--replayed",
        metavar="ID",
        action="append",
        default=[],
        help="run only this scenario of those selected, and record everything for the report "
        "(`harness run` does it with what failed)",
    )
    group.addoption(
        "--patience",
        metavar="S",
        type=float,
        default=10.0,
        help="seconds to wait for what is due before it counts as missing (default: %(default)s)",
    )
    group.addoption(
        "--without-witness",
        metavar="NAME",
        action="append",
        default=[],
        help="leave a witness of the outcome unheard, to see what it alone would have noticed",
    )
    group.addoption(
        "--merchant-url",
        metavar="URL",
        help="visit this page of a merchant instead of the harness's own (`harness integration`)",
    )
    group.addoption(
        "--merchant-click",
        metavar="SELECTOR",
        action="append",
        default=[],
        help="click this on the merchant's page once it is open (terms to accept, a step to the "
        "checkout); may be repeated",
    )
    group.addoption(
        "--audit", metavar="PLAN", help="run scenarios with planted defects (`harness audit`)"
    )
    group.addoption(
        "--shards",
        metavar="N",
        help="divide the scenarios into N parts of about the same duration (or HARNESS_SHARDS)",
    )
    group.addoption(
        "--shard",
        metavar="K",
        help="run part K of them, from 1 on (or HARNESS_SHARD, or the index of a Kubernetes Job)",
    )
    group.addoption(
        "--browser-endpoint",
        metavar="URL",
        help="a browser elsewhere: ws:// of a Playwright server, http:// of a Chromium's debugging "
        "port (or HARNESS_BROWSER_ENDPOINT)",
    )
    group.addoption(
        "--lanes",
        metavar="N",
        type=int,
        default=1,
        help="scenarios side by side in each process, on one browser (default: %(default)s; "
        "`harness run` has four)",
    )
    parser.addini(
        SCENARIO_FOLDERS,
        "folders, from the root, whose tests are scenarios",
        type="args",
        default=["scenarios"],
    )


def target(config: pytest.Config) -> Target | None:
    """The target that options, harness.toml, .env and environment name; None: the embedded one.

    Raises:
        ConfigurationError: a setting is missing, malformed or unsafe.
    """
    return resolve(_layers(config), config.getoption("--target"))


def conduct_of(config: pytest.Config) -> Conduct:
    """How the run is to behave, from the same four places.

    Raises:
        ConfigurationError: a setting is malformed, or lacks the one it needs.
    """
    return conduct(_layers(config))


def _layers(config: pytest.Config) -> list[Layer]:
    given = {field: config.getoption(option_of(field)) for field in OPTIONS}
    return layers(given, section=config.getoption("--target"), folder=config.rootpath)


def reports(config: pytest.Config) -> Path:
    """The folder for reports, absolute."""
    folder: str = config.getoption("--reports")
    return (config.rootpath / folder).resolve()
