"""The pytest plugin: what a run of scenarios has beyond pytest.

Load it with `pytest_plugins = ["harness.plugin"]`. It does nothing in a run that holds no
scenario, such as the harness's own tests. Each idea is a file; this one puts them together.

What fixtures may ask of it: `config.stash[TARGET]` (a `harness.settings.Target`),
`config.stash[SEED]` (an int), `config.stash[REPORTS]` (the folder for evidence) and
`config.stash[DEALINGS]` (the run's name and its guard), on the controller and on every worker
alike.
"""

from __future__ import annotations

import pytest

from harness.evidence import redacted_results
from harness.plugin import ahead, lanes, marks, options, scope
from harness.plugin.failures import FailurePlugin
from harness.plugin.finished_items import FinishedItemsPlugin
from harness.plugin.garbage import GarbagePlugin
from harness.plugin.lasting_fixtures import LastingFixturesPlugin
from harness.plugin.longest_first import LongestFirstPlugin
from harness.plugin.merchant_page import MerchantPagePlugin
from harness.plugin.quarantine import QuarantinePlugin
from harness.plugin.replay import ReplayPlugin
from harness.plugin.reruns import RerunPlugin
from harness.plugin.seed import SEED
from harness.plugin.session import DEALINGS, REPORTS, TARGET, ControllerPlugin, WorkerPlugin
from harness.plugin.shards import ShardPlugin

__all__ = ["DEALINGS", "REPORTS", "SEED", "TARGET"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the harness's options and settings."""
    options.add(parser)
    redacted_results.install()


def pytest_configure(config: pytest.Config) -> None:
    """Register what this process needs: a controller, a worker, or nothing."""
    marks.declare(config)
    plugins = config.pluginmanager
    merchant_url = config.getoption("--merchant-url")
    plugins.register(MerchantPagePlugin(config, merchant_url), "harness-merchant-page")
    if merchant_url:
        return  # the page brings its own Ottu, and its checklist is its verdict
    worker = scope.handed_over(config)
    if worker is not None:
        plugins.register(WorkerPlugin(config, worker), "harness-worker")
    elif scope.is_controller(config) and scope.has_scenarios(config):
        plugins.register(ControllerPlugin(config), "harness-controller")
    else:
        return
    side_by_side = scope.runs_them_itself(config) and lanes.count(config) > 1
    if side_by_side:
        from harness.lanes.plugin import LanesPlugin  # noqa: PLC0415 -- brings Playwright

        plugins.register(LanesPlugin(config, lanes.count(config), ahead.load), "harness-lanes")
    plugins.register(marks.MarksPlugin(config), "harness-marks")
    plugins.register(FailurePlugin(), "harness-failures")
    plugins.register(GarbagePlugin(), "harness-garbage")
    plugins.register(LastingFixturesPlugin(), "harness-lasting-fixtures")
    plugins.register(FinishedItemsPlugin(), "harness-finished-items")
    if not config.getoption("--audit"):
        plugins.register(ShardPlugin(), "harness-shards")
        if worker is not None or side_by_side:
            plugins.register(LongestFirstPlugin(), "harness-longest-first")
    if config.getoption("--audit"):
        from harness.audit import plugin as audit  # noqa: PLC0415 -- only an audit needs it

        plan = audit.load(config.getoption("--audit"))
        plugins.register(audit.AuditPlugin(plan, tells=worker is None), "harness-audit")
    if config.getoption("--replayed"):
        plugins.register(ReplayPlugin(config.getoption("--replayed")), "harness-replay")
    plugins.register(QuarantinePlugin(config.getoption("--quarantined")), "harness-quarantine")
    plugins.register(RerunPlugin(config.getoption("--infrastructure-reruns")), "harness-reruns")
