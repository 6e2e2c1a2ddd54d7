"""What the recorder sees of the merchant's calls to the SDK."""

from __future__ import annotations

import pytest

from tests.callbacks.web import SHOP, Web

CONTAINER = '<div id="pay"></div>'
INIT = "Checkout.init({selector: 'pay', session_id: 's1', apiKey: 'pub', setupPreload: {a: 1}})"


def test_init_is_recorded_without_the_key(web: Web) -> None:
    """The session that a page pays is on the timeline; the key and the preload are not."""
    page = web.open(f"{CONTAINER}<script>{INIT}</script>")

    assert page.inner_text("#pay") == "paying s1"
    (event,) = web.recorder.events
    assert (event.kind, event.name) == ("init", "Checkout.init")
    assert event.payload == {
        "selector": "pay",
        "session_id": "s1",
        "apiKey": "given",
        "setupPreload": "given",
    }


def test_reload_and_popups_are_recorded(web: Web) -> None:
    """What the merchant makes the SDK do after a callback belongs to the story."""
    page = web.open(f"{CONTAINER}<script>{INIT}</script>")

    page.evaluate("Checkout.reload(); Checkout.showPopup('error', 'no', null)")

    assert page.inner_text("#pay") == "reloaded"
    assert [(e.kind, e.payload) for e in web.recorder.events[1:]] == [
        ("reload", []),
        ("popup", ["error", "no", None]),
    ]


def test_a_failing_init_fails_as_it_would(web: Web) -> None:
    """The SDK's exception reaches the merchant."""
    page = web.open("")

    assert page.evaluate(f"(() => {{ try {{ {INIT} }} catch (e) {{ return e.message }} }})()") == (
        "no container"
    )
    assert web.seen == ["init called"]


SHAPES = {
    "frozen": "window.Checkout = Object.freeze({init(c) { window.got = [c.session_id, this] }})",
    "class instance": "window.Checkout = new (class { #x = 1; init(c) { window.got ="
    " [c.session_id, this.#x] } })()",
    "class": "window.Checkout = class { static #x = 2; static init(c) { window.got ="
    " [c.session_id, this.#x] } }",
    "module namespace": "const space = {}; Object.defineProperty(space, 'init', {enumerable: true,"
    " get: () => (c) => { window.got = [c.session_id] }}); window.Checkout = space",
    "var": "var Checkout = {init(c) { window.got = [c.session_id] }}",
    "function": "function Checkout() {} Checkout.init = (c) => { window.got = [c.session_id] }",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_any_shape_of_sdk_is_observed(web: Web, shape: str) -> None:
    """However a bundler exports the SDK, init is recorded and works."""
    web.pages[f"{SHOP}/shape.js"] = SHAPES[shape]
    page = web.open(
        "<script>Checkout.init({session_id: 's2'})</script>", head="<script src=/shape.js></script>"
    )

    assert page.evaluate("got[0]") == "s2"
    assert web.seen == ["init called"]


def test_an_sdk_loaded_by_script_is_observed_before_its_own_load_event(web: Web) -> None:
    """A loader that calls init from `onload`, and one that polls, are both seen."""
    page = web.open(CONTAINER, head="")

    page.evaluate(
        "new Promise((resolve) => { const script = document.createElement('script');"
        f"script.onload = () => {{ {INIT}; resolve() }}; script.src = '/sdk.js';"
        "document.head.append(script) })"
    )

    assert web.seen == ["init called"]


def test_an_sdk_loaded_twice_is_observed_twice(web: Web) -> None:
    """A second copy of the SDK takes the first one's place, and is watched in it."""
    page = web.open(
        CONTAINER, head='<script src="/sdk.js"></script><script src="/sdk.js"></script>'
    )

    page.evaluate(INIT)

    assert web.seen == ["init called"]
