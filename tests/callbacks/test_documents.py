"""The timeline goes on where a document ends."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Error as PlaywrightError

from harness.callbacks import CallbackRecorder
from harness.errors import EvidenceLost, NeverHappened, NeverQuiet
from harness.plugin.failures import blames_the_machine
from tests.callbacks.web import ELSEWHERE, SDK_TAG, SHOP, Web

LISTENER = "<script>window.onSuccess = () => {}</script>"


def test_a_callback_that_navigates_away_at_once_is_recorded(web: Web) -> None:
    """The documented success callback leaves the page on the next line; nothing is lost."""
    for other in (SHOP, ELSEWHERE):
        web.pages[f"{other}/done"] = "<!doctype html>thanks"
        page = web.open(
            f"<script>window.onSuccess = () => {{ location.href = '{other}/done' }}</script>"
        )
        for _ in range(5):
            page.goto(f"{SHOP}/")
            with page.expect_navigation(url=f"{other}/done"):
                page.evaluate("void tiny.call('success', 1)")

    assert len(web.recorder.callbacks) == 10
    web.recorder.quiet(web.page)


@pytest.mark.parametrize(
    "leave",
    ["location.href = '/next'", "location.reload()"],
    ids=["an address", "the same page"],
)
def test_a_hook_that_leads_away_at_once_is_recorded(web: Web, leave: str) -> None:
    """What hooks do is held until their task is over, but not when the document is left."""
    web.pages[f"{SHOP}/next"] = "<!doctype html>next"
    page = web.open("<script>window.before = () => 'yes'</script>")

    with page.expect_navigation():
        told = page.evaluate(
            """() => {
              const tell = window.__checkoutRecorder;
              let told = 0;
              window.__checkoutRecorder = (...all) => {
                told += 1;
                return tell(...all);
              };
              tiny.call("beforepayment", 1);
              const before = told;
              LEAVE;
              return [before, told];
            }""".replace("LEAVE", leave)
        )

    web.recorder.quiet(page)
    events = web.recorder.events
    assert told == [0, 1]
    assert [(event.phase, event.payload) for event in events] == [
        ("called", 1),
        ("returned", "yes"),
    ]


def test_what_hooks_do_in_one_task_is_told_at_once(web: Web) -> None:
    """Four events of two hooks are one call out of the page, and the callback brings its own."""
    page = web.open(
        "<script>window.validate = async () => {}; window.before = () => true;"
        "window.onSuccess = () => {}</script>"
    )
    told = page.evaluate_handle(
        """() => {
          const calls = [];
          const tell = window.__checkoutRecorder;
          window.__checkoutRecorder = (what, content) => {
            calls.push(JSON.parse(content).map(({ kind, phase }) => `${kind} ${phase}`));
            return tell(what, content);
          };
          return calls;
        }"""
    )
    page.evaluate(
        "(async () => { await tiny.call('validatepayment'); await tiny.call('beforepayment'); })()"
    )
    web.recorder.wait_for(page, "before_payment")
    page.evaluate("tiny.call('beforepayment'); tiny.call('success', 1)")

    assert told.json_value() == [
        [
            "validate_payment called",
            "validate_payment resolved",
            "before_payment called",
            "before_payment returned",
        ],
        ["before_payment called", "before_payment returned", "success called"],
    ]


def test_reloads_and_redirects_keep_one_timeline(web: Web) -> None:
    """Two loads of the shop and a gateway between them are three documents in one sequence."""
    web.pages[f"{ELSEWHERE}/gateway"] = "<!doctype html>pay here"
    page = web.open(LISTENER)
    page.evaluate("tiny.call('success', 1)")
    page.reload()
    page.evaluate("tiny.call('success', 2)")
    page.goto(f"{ELSEWHERE}/gateway")
    page.goto(f"{SHOP}/")
    page.evaluate("tiny.call('success', 3)")

    events = web.recorder.callbacks
    assert [(event.sequence, event.payload) for event in events] == [(1, 1), (2, 2), (3, 3)]
    assert len({event.document for event in events}) == 3


@pytest.mark.parametrize(
    "frame",
    [
        f'<iframe src="{SHOP}/inner"></iframe>',
        f'<iframe src="{ELSEWHERE}/inner"></iframe>',
        f"<iframe srcdoc='<base href=\"{SHOP}\">{SDK_TAG}{LISTENER}'></iframe>".replace(
            'src="/sdk.js"', f'src="{SHOP}/sdk.js"'
        ),
    ],
    ids=["same origin", "other origin", "srcdoc"],
)
def test_callbacks_in_frames_are_recorded(web: Web, frame: str) -> None:
    """Wherever the SDK runs within the page, its callbacks are on the timeline."""
    for origin in (SHOP, ELSEWHERE):
        web.pages[f"{origin}/inner"] = f"<!doctype html>{SDK_TAG}{LISTENER}"
    page = web.open(frame, head="")
    web.recorder.quiet(page)

    page.frames[1].evaluate("tiny.call('success', 'inside')")

    assert [event.payload for event in web.recorder.callbacks] == ["inside"]


def test_an_empty_frame_filled_by_script_is_watched(web: Web) -> None:
    """A frame that keeps the window of its empty start is watched after it is sent somewhere."""
    web.pages[f"{SHOP}/inner"] = f"<!doctype html>{SDK_TAG}{LISTENER}"
    page = web.open('<iframe name="late"></iframe>', head="")

    page.evaluate("frames.late.location.href = '/inner'")
    frame = page.frame("late")
    assert frame is not None
    frame.wait_for_function("() => window.tiny")
    frame.evaluate("tiny.call('success', 1)")

    assert web.seen == ["success called"]


def test_a_new_page_of_the_context_is_on_the_timeline(web: Web) -> None:
    """A popup window opened by the shop is watched like the shop."""
    page = web.open(LISTENER)
    with page.expect_popup() as popup:
        page.evaluate("void window.open('/')")
    popup.value.wait_for_load_state()

    popup.value.evaluate("tiny.call('success', 'popup')")

    assert [event.payload for event in web.recorder.callbacks] == ["popup"]


def test_waiting_returns_as_soon_as_it_happened(web: Web) -> None:
    """A wait ends with the event it is for, even if that comes from a later document."""
    page = web.open(
        LISTENER + "<script>if (location.hash) setTimeout(() => tiny.call('success', 2), 50);"
        "else setTimeout(() => { location.hash = 'x'; location.reload() }, 50)</script>"
    )

    event = web.recorder.wait_for(page, "success", timeout_s=5)

    assert event.payload == 2


def test_waiting_can_start_after_an_event_and_by_a_predicate(web: Web) -> None:
    """The second attempt's callback is not mistaken for the first one's."""
    page = web.open(LISTENER)
    page.evaluate("tiny.call('success', 1)")
    first = web.recorder.wait_for(page, "success")
    page.evaluate("void setTimeout(() => tiny.call('success', 2), 50)")

    second = web.recorder.wait_for(page, "success", after=first.sequence)
    by_payload = web.recorder.wait_for(page, lambda event: event.payload == 2)

    assert (first.payload, second.payload) == (1, 2)
    assert by_payload == second


def test_a_wait_in_vain_says_what_did_happen(web: Web) -> None:
    """The error names what was waited for, and the timeline there is instead."""
    page = web.open("<script>window.onCancel = () => {}</script>")
    page.evaluate("tiny.call('cancel', 1)")

    with pytest.raises(NeverHappened) as caught:
        web.recorder.wait_for(page, "success", timeout_s=0.2)

    assert str(caught.value) == (
        f"A call of success did not come within 0.2 s on {SHOP}/. Recorded so far: cancel called."
    )


def test_an_event_that_was_lost_is_noticed(web: Web) -> None:
    """If a page's record is cut off, "it never fired" is not believed but an error."""
    page = web.open(LISTENER)
    page.evaluate(
        """() => {
          const told = window.__checkoutRecorder;
          const lost = Promise.resolve([]);
          window.__checkoutRecorder = (what, content) =>
            what === "events" ? lost : told(what, content);
        }"""
    )
    page.evaluate("tiny.call('success', 1)")

    with pytest.raises(EvidenceLost, match="1 events, 0 arrived"):
        web.recorder.quiet(page)
    with pytest.raises(EvidenceLost):
        assert web.recorder.callbacks


def test_a_gap_in_the_numbers_is_noticed() -> None:
    """Events of a document are counted, so one missing between two others is an error."""
    recorder = CallbackRecorder()
    told = (
        '[{"document":"d","number":%d,"kind":"success","phase":"called","name":"f",'
        '"payload":null,"at":0,"url":"u"}]'
    )

    recorder._told(None, "events", told % 1)
    recorder._told(None, "events", told % 3)

    with pytest.raises(EvidenceLost, match="u: event 3 after 1"):
        assert recorder.events


def test_a_wait_in_a_document_that_computes_without_end_ends_in_time(web: Web) -> None:
    """A checkout that hangs is told as a callback that did not come, not as a test that hangs."""
    page = web.open(LISTENER)
    page.evaluate("void setTimeout(() => { for (;;); }, 0)")
    started = time.monotonic()

    with pytest.raises(NeverHappened, match=r"did not come within 0\.2 s"):
        web.recorder.wait_for(page, "success", timeout_s=0.2)
    with pytest.raises(NeverQuiet, match="a frame that does not answer"):
        web.recorder.quiet(page, timeout_s=0.2)
    assert time.monotonic() - started < 3


def test_a_wait_on_a_page_that_closes_is_the_machines_fault_at_once(web: Web) -> None:
    """Nobody waits for what a closed page can no longer do, and no checkout is blamed for it."""
    page = web.open("<script>if (window.opener) setTimeout(close, 50)</script>")
    with page.expect_popup() as opened:
        page.evaluate("void window.open('/')")

    for _ in ("while it is open", "when it is closed"):
        with pytest.raises(PlaywrightError, match="has been closed") as caught:
            web.recorder.wait_for(opened.value, "success")
        assert blames_the_machine(caught.value)
