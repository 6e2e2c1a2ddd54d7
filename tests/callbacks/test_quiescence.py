"""A page is quiet when nothing under way could still make a callback fire."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

from harness.callbacks import CallbackRecorder
from harness.errors import ConfigurationError, NeverQuiet
from tests.callbacks.web import ELSEWHERE, SHOP, Web

LISTENER = "<script>window.onSuccess = () => {}</script>"
SCRIPT = "s = document.createElement('script');"
PARENT = "const d = document.createElement('div'); document.body.append(d);"
FRAME = "f = document.createElement('iframe');"
SHORT_S = 0.15


def test_a_page_with_nothing_to_do_is_quiet_at_once(web: Web) -> None:
    """Rest is found by looking, not by waiting some time (the best of three: machines are busy)."""
    page = web.open(LISTENER)
    took = []
    for _ in range(3):
        started = time.monotonic()
        web.recorder.quiet(page)
        took.append(time.monotonic() - started)

    assert min(took) < 0.2


@pytest.mark.parametrize(
    ("start", "named"),
    [
        (f"void fetch('{SHOP}/slow')", f"GET {SHOP}/slow"),
        (f"void fetch('{SHOP}/slow', {{method: 'POST', body: 'x'}})", f"POST {SHOP}/slow"),
        (f"void fetch(new Request('{SHOP}/slow'))", f"GET {SHOP}/slow"),
        (
            f"x = new XMLHttpRequest(); x.open('GET', '{SHOP}/slow'); x.send()",
            f"GET {SHOP}/slow",
        ),
        (
            f"{SCRIPT} s.src = '{SHOP}/slow'; document.body.append(s)",
            f"script {SHOP}/slow",
        ),
        (
            f"{FRAME} f.src = '{SHOP}/slow'; document.body.append(f)",
            f"iframe {SHOP}/slow",
        ),
        (f"location.href = '{SHOP}/slow'", f"a navigation to {SHOP}/slow"),
    ],
    ids=["fetch", "fetch-post", "fetch-request", "xhr", "script", "iframe", "navigation"],
)
def test_what_is_under_way_is_waited_for_and_named(web: Web, start: str, named: str) -> None:
    """Each kind of request keeps the page from being quiet until it is answered."""
    page = web.open(LISTENER)
    web.hold(f"{SHOP}/slow")
    page.evaluate(f"() => {{ {start} }}")

    with pytest.raises(NeverQuiet) as caught:
        web.recorder.quiet(page, timeout_s=SHORT_S)
    assert caught.value.pending == [named]
    assert str(caught.value).endswith(f"was still waiting after 0.15 s for: {named}.")

    web.release(f"{SHOP}/slow", "<!doctype html>")
    web.recorder.quiet(page)


@pytest.mark.parametrize(
    "start",
    [
        "setTimeout(done, 100)",
        "setTimeout(() => setTimeout(() => setTimeout(done, 30), 30), 30)",
        f"fetch('{SHOP}/x').then((r) => r.text()).then(() => setTimeout(done, 20))",
        (
            f"{FRAME} f.srcdoc = '<script>setTimeout(() => parent.postMessage(1), 60)<\\/script>';"
            "onmessage = () => setTimeout(done, 20); document.body.append(f)"
        ),
    ],
    ids=["timer", "chain", "fetch then timer", "message from a frame"],
)
def test_a_callback_on_its_way_fires_before_quiet(web: Web, start: str) -> None:
    """Whatever chain ends in a callback, the page is not quiet before its end."""
    page = web.open(LISTENER)
    page.evaluate(f"() => {{ const done = () => tiny.call('success', 1); {start} }}")

    web.recorder.quiet(page)

    assert web.seen == ["success called"]


def test_a_timer_is_named_by_where_it_was_set(web: Web) -> None:
    """The message leads to the line that still has something to do."""
    page = web.open("<script>function later() { setTimeout(() => {}, 3000) }; later()</script>")

    with pytest.raises(NeverQuiet) as caught:
        web.recorder.quiet(page, timeout_s=SHORT_S)

    (pending,) = caught.value.pending
    assert pending.startswith("a timer of 3000 ms, at later (http://shop.test/:1:")


@pytest.mark.parametrize(
    "start",
    [
        "setTimeout(() => {}, 60000)",
        "setInterval(() => {}, 10)",
        "clearTimeout(setTimeout(() => {}, 4000))",
        "(function beat() { setTimeout(beat, 2) })()",
        "x = new XMLHttpRequest(); x.open('GET', '/slow'); x.send(); x.open('GET', '/other')",
        "c = new AbortController(); fetch('/slow', {signal: c.signal}).catch(() => {}); c.abort()",
        f"{FRAME} f.src = '/slow'; document.body.append(f); f.remove()",
        f"{FRAME} f.src = '/slow'; document.body.append(f); setTimeout(() => f.remove(), 30)",
        f"{FRAME} f.src = '/slow'; {PARENT} d.append(f); setTimeout(() => d.remove(), 30)",
        "location.hash = 'x'",
        "history.pushState({}, '', '/elsewhere')",
        f"{SCRIPT} s.type = 'application/json'; s.src = '/slow'; document.body.append(s)",
    ],
    ids=[
        "long timer",
        "interval",
        "cleared timer",
        "heartbeat",
        "reopened",
        "aborted",
        "removed frame",
        "frame removed later",
        "frame removed with its parent",
        "hash",
        "history",
        "data block",
    ],
)
def test_what_nobody_waits_for_is_not_waited_for(web: Web, start: str) -> None:
    """Long timers, heartbeats and what was called off do not keep a page busy."""
    page = web.open(LISTENER)
    web.hold(f"{SHOP}/slow")
    page.evaluate(f"() => {{ {start} }}")

    web.recorder.quiet(page, timeout_s=2)


def test_a_frame_of_another_origin_is_waited_for(web: Web) -> None:
    """The card form and the bank's page live in frames of other origins, and count."""
    web.hold(f"{ELSEWHERE}/slow")
    web.pages[f"{ELSEWHERE}/inner"] = "<!doctype html><script>fetch('/slow')</script>"
    page = web.open(f'<iframe src="{ELSEWHERE}/inner"></iframe>')

    with pytest.raises(NeverQuiet) as caught:
        web.recorder.quiet(page, timeout_s=SHORT_S)

    assert caught.value.pending == ["GET /slow"]
    web.release(f"{ELSEWHERE}/slow")
    web.recorder.quiet(page)


def test_a_body_that_is_still_read_is_waited_for(web: Web) -> None:
    """An answer whose head has come is not yet an answer to the code that reads its body."""
    page = web.open("")
    page.evaluate(
        "() => { let open; window.finish = () => open.close();"
        "new Response(new ReadableStream({start(c) { open = c }})).text() }"
    )

    with pytest.raises(NeverQuiet, match="the body of"):
        web.recorder.quiet(page, timeout_s=SHORT_S)
    page.evaluate("finish()")
    web.recorder.quiet(page)


def test_a_page_that_leaves_is_followed(web: Web) -> None:
    """Quiet means the page the customer ends on, not the one that was left."""
    web.pages[f"{SHOP}/two"] = "<script>setTimeout(() => { location.href = '/three' }, 50)</script>"
    web.pages[f"{SHOP}/three"] = "<!doctype html>the end"
    page = web.open("<script>setTimeout(() => { location.href = '/two' }, 50)</script>")

    web.recorder.quiet(page)

    assert page.url == f"{SHOP}/three"


def test_a_failed_request_stays_a_failure_of_the_page(web: Web) -> None:
    """Counting requests must not swallow the errors of those nobody handles."""
    page = web.open("")
    page.evaluate("() => { fetch('http://user:pass@bad.test/') }")

    web.recorder.quiet(page)

    assert len(web.errors) == 1
    assert "fetch" in web.errors[0].lower()


def test_timers_work_as_they_do_without_a_recorder(web: Web) -> None:
    """Arguments, `this`, cancelling and exceptions of timers are the browser's own."""
    page = web.open("")
    page.evaluate(
        "() => { window.out = []; setTimeout(function (...a) { out.push(this === window, a) },"
        " 1, 'x', 'y'); const t = setTimeout(() => out.push('cleared'), 1); clearTimeout(t);"
        " setTimeout(\"out.push('text')\", 1); setTimeout(() => { throw new Error('own') }, 1);"
        " setTimeout(() => out.push('last'), 5) }"
    )

    page.wait_for_function("() => out.includes('last')")

    assert page.evaluate("out") == [True, ["x", "y"], "text", "last"]
    assert web.errors == ["own"]


def test_a_page_opened_before_the_recorder_is_refused(chromium: Browser) -> None:
    """Without the recorder in a page, "quiet" would be a guess; it is an error."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto("about:blank")
    recorder = CallbackRecorder()
    recorder.install(context)

    with pytest.raises(ConfigurationError, match="opened before the recorder"):
        recorder.quiet(page)
    context.close()


def test_a_page_that_is_asked_tells_what_it_held(chromium: Browser) -> None:
    """What hooks did is all there once a page is at rest, however late its timers are."""
    context = chromium.new_context()
    context.add_init_script(
        "const native = window.setTimeout;"
        " window.setTimeout = (work, wait) => native(work, (wait ?? 0) + 3000);"
    )
    web = Web(context)
    page = web.open("<script>window.before = () => 'yes'</script>")
    page.evaluate("tiny.call('beforepayment', 1)")

    web.recorder.quiet(page)

    assert web.seen == ["before_payment called", "before_payment returned"]
    context.close()


def test_the_recorder_works_under_a_strict_policy(web: Web) -> None:
    """A page with Ottu's documented policy and Trusted Types is watched all the same."""
    policy = "script-src 'self'; require-trusted-types-for 'script'; trusted-types none"
    web.pages[f"{SHOP}/listen.js"] = "window.onSuccess = () => {}"
    page = web.open(
        '<script src="/listen.js"></script>',
        head=f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<script src="/sdk.js" data-success="onSuccess"></script>',
    )
    page.evaluate("void setTimeout(() => tiny.call('success', 1), 30)")

    event = web.recorder.wait_for(page, "success")
    web.recorder.quiet(page)

    assert (event.payload, web.errors) == (1, [])


def test_a_document_that_does_not_answer_does_not_hold_up_the_deadline(web: Web) -> None:
    """While a page is left its document answers nobody; the message says where it is going."""
    page = web.open(LISTENER)
    web.hold(f"{SHOP}/slow")
    with page.expect_request(f"{SHOP}/slow"):
        page.evaluate(f"() => {{ setTimeout(() => {{ location.href = '{SHOP}/slow' }}, 10) }}")
    started = time.monotonic()

    with pytest.raises(NeverQuiet) as caught:
        web.recorder.quiet(page, timeout_s=SHORT_S)

    assert caught.value.pending == [f"a navigation to {SHOP}/slow"]
    assert time.monotonic() - started < 3
    web.release(f"{SHOP}/slow", "<!doctype html>")
    web.recorder.quiet(page)
