"""Scenarios side by side in one process, on one browser.

A lane is a greenlet, as Playwright's own synchronous API is made of: wherever a scenario waits for
its browser, another one goes on. Scenarios and fixtures are written as if they were alone.

pytest is made for one test at a time. What it keeps for "the" test under way is given to each lane
here, an idea a file: fixtures of its own (`fixtures`), places that change hands whenever another
lane goes on (`places`), its place in Allure's report (`allure_items`), a time limit (`limits`),
what it prints (`output`). `running` begins and ends them; pytest itself hands them out
(`from_pytest`), or xdist to a worker (`from_xdist`); `plugin` puts these together.
"""

from __future__ import annotations

from harness.lanes.lane import OneAtATime, elsewhere, sleep

__all__ = ["OneAtATime", "elsewhere", "sleep"]
