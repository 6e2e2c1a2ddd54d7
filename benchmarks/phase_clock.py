"""A pytest plugin that notes where the time of every scenario goes.

`pytest -p phase_clock --phases FILE` appends a line of JSON for each scenario and for each stage
of the run. Every moment belongs to the innermost phase that is open, and there to Playwright, to
HTTP or to Python itself; only the main thread is looked at. Functions are wrapped where they
stand, so the harness knows nothing of it.
"""

from __future__ import annotations

import functools
import importlib
import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from _pytest.fixtures import FixtureDef, SubRequest
from representative import kind_of

if TYPE_CHECKING:
    from fixtures.checkout import Checkout

#: Fixtures of a scenario by the phase that making them belongs to.
FIXTURES: Final = {
    "target": "tenant",
    "powers": "tenant",
    "api": "tenant",
    "shop": "shop and customer",
    "desk": "shop and customer",
    "customer": "shop and customer",
    "somebody": "shop and customer",
    "context": "browser context",
    "new_context": "browser context",
    "_artifacts_recorder": "browser context",
    "recorder": "recorder and bystander",
    "bystander": "recorder and bystander",
    "apple_device": "Apple device",
    "customers_page": "page",
    "evidence": "evidence",
}

#: Functions by the phase that a call of them is; what none of them covers is the scenario itself.
CALLS: Final = {
    "fixtures.checkout:Checkout.try_to_place": "order",
    "fixtures.checkout:Checkout.visit": "page load",
    "pages.embedded_checkout:EmbeddedCheckout.await_methods": "SDK renders",
    "pages.card_form:CardForm.fill": "card form",
    "pages.embedded_checkout:EmbeddedCheckout.keep_card": "card form",
    "pages.saved_cards:SavedCards.choose": "saved card",
    "pages.embedded_checkout:EmbeddedCheckout.pay": "press Pay",
    "pages.knet_page:KnetPage.pay": "gateway's page",
    "pages.apple_pay_sheet:ApplePaySheet.open": "Apple Pay sheet",
    "pages.apple_pay_sheet:ApplePaySheet.authorize": "Apple Pay sheet",
    "pages.three_ds:ThreeDS.answer": "3D Secure",
    "harness.callbacks.recorder:CallbackRecorder.wait_for": "until the callback",
    "fixtures.hearing:Hearing.wait": "until back at the shop",
    "harness.callbacks.recorder:CallbackRecorder.quiet": "until at rest",
    "harness.powers:Sandbox.wait_until_idle": "until the sandbox is idle",
    "fixtures.checkout:Checkout.expect": "witnesses",
    "fixtures.evidence:_attach_account": "evidence",
    "allure_commons.reporter:AllureReporter.schedule_test": "evidence",
    "allure_commons.reporter:AllureReporter.close_test": "evidence",
    "allure_commons.reporter:AllureReporter.attach_data": "evidence",
    "allure_commons.reporter:AllureReporter.start_step": "evidence",
    "allure_commons.reporter:AllureReporter.stop_step": "evidence",
    "harness.plugin.record:Recorder.pytest_runtest_logreport": "record of the run",
}

OTHER_FIXTURES: Final = "other fixtures"
ONCE: Final = "once a worker"
TEARDOWN: Final = "tear-down: "
SCENARIO: Final = "scenario itself"
RUNNER: Final = "pytest itself"
#: What this plugin costs by asking the page for its own times.
OVERHEAD: Final = "this clock"

_PAGE_TIMES: Final = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const ended = (test) => performance.getEntriesByType('resource').find(test)?.responseEnd;
  const isSdk = (e) => e.initiatorType === 'script' && e.name.includes('checkout.min');
  return {
    'page answered': page.responseEnd,
    'SDK script here': ended(isSdk),
    'DOM ready': page.domContentLoadedEventEnd,
    "session's set-up here": ended((e) => /^(fetch|xmlhttprequest)$/.test(e.initiatorType)),
    'card frame here': ended((e) => e.initiatorType === 'iframe'),
    'load event': page.loadEventEnd,
    'methods rendered, as seen from outside': performance.now(),
  };
}"""


class Clock:
    """Where the main thread is, and for how long it has been there."""

    def __init__(self) -> None:
        self._phases: list[str] = []
        self._waits: list[str] = ["Python"]
        self._since = 0.0
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.spent: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.calls: Counter[tuple[str, str]] = Counter()
        self.by_call: defaultdict[str, list[float]] = defaultdict(list)
        self.page_times: list[dict[str, float]] = []
        self._since = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """All time in the block, but for phases inside it, belongs to this one."""
        self._book()
        self._phases.append(name)
        self._waits.append("Python")
        try:
            yield
        finally:
            self._book()
            self._waits.pop()
            self._phases.pop()

    @contextmanager
    def wait(self, for_what: str, call: str) -> Iterator[None]:
        """The block waits for Playwright or HTTP."""
        self._book()
        self._waits.append(for_what)
        began = self._since
        try:
            yield
        finally:
            self._book()
            self._waits.pop()
            self.calls[self._place, for_what] += 1
            if self._place != ONCE:
                self.by_call[call].append(self._since - began)

    @property
    def _place(self) -> str:
        return self._phases[-1] if self._phases else RUNNER

    def _book(self) -> None:
        now = time.perf_counter()
        self.spent[self._place, self._waits[-1]] += now - self._since
        self._since = now


class PhasePlugin:
    """Wraps what there is to wrap, and writes a line a scenario."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._clock = Clock()
        self._asked = 0
        self._stage("pytest configured")
        self._wrap_waits()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionstart(self) -> Generator[None]:
        yield
        self._stage("target found")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        for place, phase in CALLS.items():
            self._wrap(place, phase)
        self._stage("collected")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        clock = self._clock
        clock.reset()
        with clock.phase(RUNNER):
            result = yield
        phases: dict[str, dict[str, Any]] = {}
        for (phase, wait), spent in clock.spent.items():
            phases.setdefault(phase, {})[wait] = [clock.calls[phase, wait], spent * 1000]
        self._write(
            kind=kind_of(item),
            turn=item.callspec.params["turn"] if isinstance(item, pytest.Function) else 0,
            phases=phases,
            calls={name: [len(all_), sum(all_) * 1000] for name, all_ in clock.by_call.items()},
            page=clock.page_times,
            requests=self._asked,
        )
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: FixtureDef[Any]) -> Generator[None, object, object]:
        scenarios_own = fixturedef.scope == "function"
        name = FIXTURES.get(fixturedef.argname, OTHER_FIXTURES) if scenarios_own else ONCE
        with self._clock.phase(name):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        with self._clock.phase(SCENARIO):
            result = yield
        with self._clock.phase(OVERHEAD):
            checkout = cast("Checkout", pyfuncitem.funcargs["checkout"])
            journal = checkout.powers.sandbox.requests()
            self._asked = sum(not each["path"].startswith("/_sandbox") for each in journal)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self._stage("scenarios over")

    def _wrap(self, place: str, phase: str) -> None:
        module, _, name = place.partition(":")
        owner: Any = importlib.import_module(module)
        *path, last = name.split(".")
        for part in path:
            owner = getattr(owner, part)
        inner = getattr(owner, last)
        setattr(owner, last, self._timed(inner, phase, looks=phase == "SDK renders"))

    def _timed(
        self, inner: Callable[..., object], phase: str, *, looks: bool
    ) -> Callable[..., object]:
        clock = self._clock

        @functools.wraps(inner)
        def timed(*args: Any, **kwargs: Any) -> object:
            if threading.current_thread() is not threading.main_thread():
                return inner(*args, **kwargs)
            with clock.phase(phase):
                result = inner(*args, **kwargs)
            if looks:
                with clock.phase(OVERHEAD):
                    clock.page_times.append(args[0].browser_page.evaluate(_PAGE_TIMES))
            return result

        return timed

    def _wrap_waits(self) -> None:
        import httpx  # noqa: PLC0415 -- imported when the harness would import it
        from playwright._impl._sync_base import SyncBase  # noqa: PLC0415

        clock, sync, send = self._clock, SyncBase._sync, httpx.Client.send  # noqa: SLF001
        finish = FixtureDef.finish

        def timed_sync(base: Any, awaitable: Any) -> Any:
            name = getattr(awaitable, "__qualname__", type(awaitable).__name__)
            with clock.wait("Playwright", name):
                return sync(base, awaitable)

        def timed_send(client: httpx.Client, request: httpx.Request, **kwargs: Any) -> Any:
            if threading.current_thread() is not threading.main_thread():
                return send(client, request, **kwargs)
            with clock.wait("HTTP", f"{request.method} {_general(request.url.path)}"):
                return send(client, request, **kwargs)

        def timed_finish(definition: FixtureDef[Any], request: SubRequest) -> None:
            own = definition.scope == "function"
            known = FIXTURES.get(definition.argname, OTHER_FIXTURES) if own else ONCE
            with clock.phase(TEARDOWN + known if own else ONCE):
                finish(definition, request)

        for owner, name, timed in (
            (SyncBase, "_sync", timed_sync),
            (httpx.Client, "send", timed_send),
            (FixtureDef, "finish", timed_finish),
        ):
            setattr(owner, name, timed)

    def _stage(self, name: str) -> None:
        self._write(stage=name, at=time.clock_gettime(time.CLOCK_BOOTTIME))

    def _write(self, **line: Any) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(line)}\n")


def _general(path: str) -> str:
    """An address without what is another in every scenario."""
    parts = ("…" if any(c.isdigit() for c in part[2:]) else part for part in path.split("/"))
    return "/".join(parts)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add where the lines go."""
    parser.addoption("--phases", type=Path, help="file for where the time goes")


def pytest_configure(config: pytest.Config) -> None:
    """Start the clock."""
    config.pluginmanager.register(PhasePlugin(config.getoption("--phases")), "phase-clock")
