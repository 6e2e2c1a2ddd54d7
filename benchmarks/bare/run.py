"""The floor: Playwright for Python and nothing else, a process and a browser a worker.

`python benchmarks/bare/run.py --of-each 8 --workers 2` finds its sandbox in the environment and
prints how many passed as JSON. The first scenario that fails ends the run.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from multiprocessing.queues import SimpleQueue
from multiprocessing.sharedctypes import Synchronized

import httpx
from customer import SCENARIOS, Customer
from merchant import merchant
from playwright.sync_api import sync_playwright


def work(shop: str, waiting: SimpleQueue[str | None], passed: Synchronized[int]) -> None:
    """Do one scenario after another in one browser, each in a context of its own."""
    api = httpx.Client(
        base_url=os.environ["OTTU_BASE_URL"],
        headers={"Authorization": f"Api-Key {os.environ['OTTU_API_KEY']}"},
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("HARNESS_BROWSER_PATH"),
            args=os.environ["BROWSER_ARGS"].split(),
        )
        while name := waiting.get():
            context = browser.new_context()
            context.set_default_timeout(10_000)
            SCENARIOS[name](Customer(context.new_page(), api, shop))
            context.close()
            with passed.get_lock():
                passed.value += 1
        browser.close()


def main() -> int:
    """Start the workers, hand the scenarios out, count what passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of-each", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    everything = [name for name in SCENARIOS for _ in range(asked.of_each)]
    waiting: SimpleQueue[str | None] = multiprocessing.SimpleQueue()
    passed = multiprocessing.Value("i", 0)
    with merchant(os.environ) as shop:
        workers = [
            multiprocessing.Process(target=work, args=(shop, waiting, passed))
            for _ in range(asked.workers)
        ]
        for worker in workers:
            worker.start()
        for name in [*everything, *[None] * asked.workers]:
            waiting.put(name)
        for worker in workers:
            worker.join()
    print(json.dumps({"passed": passed.value}))
    return 0 if passed.value == len(everything) else 1


if __name__ == "__main__":
    sys.exit(main())
