"""A client, and the scripted API it talks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from harness.api import CheckoutAPI, Exchange
from harness.merchant.server import BackgroundServer
from harness.redaction import Redactor
from tests.api.scripted import PRIVATE_KEY, ScriptedAPI


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[ScriptedAPI, str]]:
    scripted = ScriptedAPI()
    with BackgroundServer(scripted.app, "127.0.0.1", 0) as server:
        yield scripted, server.url


@pytest.fixture
def target(served: tuple[ScriptedAPI, str]) -> ScriptedAPI:
    scripted, _ = served
    scripted.asked.clear()
    scripted.answers(200, {})
    return scripted


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@pytest.fixture
def api(
    served: tuple[ScriptedAPI, str], target: ScriptedAPI, exchanges: list[Exchange]
) -> Iterator[CheckoutAPI]:
    assert served[0] is target
    with CheckoutAPI(
        served[1],
        SecretStr(PRIVATE_KEY),
        timeout_s=5,
        on_exchange=exchanges.append,
        redactor=Redactor(),
    ) as api:
        yield api


@pytest.fixture
def impatient(
    served: tuple[ScriptedAPI, str], target: ScriptedAPI
) -> Iterator[Callable[[float], CheckoutAPI]]:
    """Makes a client that waits for so many seconds in all."""
    assert served[0] is target
    made: list[CheckoutAPI] = []

    def make(patience_s: float) -> CheckoutAPI:
        key = SecretStr(PRIVATE_KEY)
        made.append(CheckoutAPI(served[1], key, redactor=Redactor(), patience_s=patience_s))
        return made[-1]

    yield make
    for each in made:
        each.close()
