"""What the recorder sees of callbacks, and that the page is none the wiser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.callbacks.web import SDK_TAG, SHOP, Web


def test_a_callback_is_recorded_and_forwarded(web: Web) -> None:
    """Name, payload, time and page are noted; the merchant's function gets the call as it was."""
    page = web.open("<script>window.onSuccess = (data) => { window.got = data; return 7 }</script>")
    before = datetime.now(UTC)

    returned = page.evaluate("tiny.call('success', {status: 'success', order: {n: 1}})")

    assert returned == 7
    assert page.evaluate("got") == {"status": "success", "order": {"n": 1}}
    (event,) = web.recorder.callbacks
    assert (event.kind, event.phase, event.name) == ("success", "called", "onSuccess")
    assert event.payload == {"status": "success", "order": {"n": 1}}
    assert (event.sequence, event.page_url) == (1, f"{SHOP}/")
    assert abs(event.at - before) < timedelta(seconds=2)


def test_this_arguments_and_exceptions_pass_unchanged(web: Web) -> None:
    """The SDK gets the very exception that the merchant threw; the recorder notes it."""
    page = web.open(
        "<script>window.thrown = new RangeError('boom');"
        "window.onError = function (...args) { window.got = [this === window, args];"
        " throw window.thrown; }</script>"
    )

    same = page.evaluate(
        "(() => { try { tiny.find('error').call(window, 1, 2) } catch (e) { return e === thrown }"
        " })()"
    )

    assert same is True
    assert page.evaluate("got") == [True, [1, 2]]
    assert web.seen == ["error called", "error threw"]
    assert web.recorder.events[0].payload == [1, 2]
    assert web.recorder.events[1].payload == {"name": "RangeError", "message": "boom"}


def test_the_payload_is_what_it_was_at_the_call(web: Web) -> None:
    """A merchant's function that alters its argument does not alter the evidence."""
    page = web.open("<script>window.onCancel = (data) => { data.status = 'edited' }</script>")

    page.evaluate("tiny.call('cancel', {status: 'canceled'})")

    assert web.recorder.callbacks[0].payload == {"status": "canceled"}


@pytest.mark.parametrize(
    ("argument", "recorded"),
    [
        ("(() => { const a = {n: 1}; a.self = a; return a })()", {"n": 1, "self": "[circular]"}),
        ("(() => { const s = {v: 1}; return {a: s, b: s} })()", {"a": {"v": 1}, "b": {"v": 1}}),
        ("({f() {}, n: 10n})", {"f": "[function f]", "n": "10"}),
        ("({get bad() { throw new Error('no') }})", "[unreadable: Error: no]"),
        ("({amount: 12.500})", {"amount": "12.5"}),
        ("undefined", None),
    ],
    ids=["circular", "shared", "function", "getter", "fraction", "nothing"],
)
def test_any_payload_can_be_recorded(web: Web, argument: str, recorded: object) -> None:
    """No argument is so odd that recording it would break the callback."""
    page = web.open("<script>window.onSuccess = () => { window.reached = true }</script>")

    page.evaluate(f"void tiny.call('success', {argument})")

    assert page.evaluate("reached") is True
    assert web.recorder.callbacks[0].payload == recorded


def test_functions_are_found_late_replaced_and_deleted(web: Web) -> None:
    """The lookup happens at each call, so the SDK sees the merchant's globals as they are then."""
    page = web.open("")

    assert page.evaluate("tiny.call('success', 1)") == "not a function"
    page.evaluate("window.onSuccess = () => 'first'")
    assert page.evaluate("tiny.call('success', 2)") == "first"
    page.evaluate("window.onSuccess = () => 'second'")
    assert page.evaluate("tiny.call('success', 3)") == "second"
    page.evaluate("delete window.onSuccess")
    assert page.evaluate("tiny.call('success', 4)") == "not a function"

    assert [event.payload for event in web.recorder.callbacks] == [2, 3]


def test_a_global_that_is_no_function_stays_what_it_is(web: Web) -> None:
    """The SDK's own check for a function must come out as it would without the recorder."""
    page = web.open("<script>window.onSuccess = 'a word'</script>")

    assert page.evaluate("tiny.find('success')") == "a word"
    assert web.seen == []


def test_the_same_function_stays_the_same(web: Web) -> None:
    """An SDK that compares what it looked up twice sees one function, with its own name."""
    page = web.open("<script>function onSuccess(data) {}</script>")

    assert page.evaluate(
        "[tiny.find('success') === tiny.find('success'), tiny.find('success').name,"
        " tiny.find('success').length]"
    ) == [True, "onSuccess", 1]


def test_one_function_under_two_names_is_two_callbacks(web: Web) -> None:
    """A merchant may use one function for error and cancel; the record tells them apart."""
    page = web.open(
        "<script>window.onFail = () => {}</script>",
        head='<script src="/sdk.js" data-error="onFail" data-cancel="onFail"></script>',
    )

    page.evaluate("tiny.call('cancel', 1); tiny.call('error', 2)")

    assert [(event.kind, event.name) for event in web.recorder.callbacks] == [
        ("cancel", "onFail"),
        ("error", "onFail"),
    ]


def test_an_attribute_set_after_insertion_is_watched(web: Web) -> None:
    """Integrations set the attributes by script, long after the element is there."""
    page = web.open(
        "<script>window.onSuccess = () => {}; window.other = () => {}</script>",
        head='<script src="/sdk.js"></script>',
    )

    page.evaluate("tiny.script.dataset.success = 'onSuccess'; tiny.call('success', 1)")
    page.evaluate("tiny.script.setAttribute('data-success', 'other')")
    page.evaluate("tiny.call('success', 2)")

    assert [event.name for event in web.recorder.callbacks] == ["onSuccess", "other"]


def test_an_attribute_read_by_dataset_is_watched(web: Web) -> None:
    """An SDK may read `dataset` as well as the attribute, in the task that sets it."""
    page = web.open("<script>window.onSuccess = () => {}</script>", head="")

    page.evaluate(
        "const script = document.createElement('script');"
        "script.dataset.success = 'onSuccess';"
        "window[script.dataset.success](5)"
    )

    assert [event.payload for event in web.recorder.callbacks] == [5]


def test_an_attribute_read_as_a_node_is_watched(web: Web) -> None:
    """However the name is read a moment later, it is the recorder's."""
    page = web.open(
        "<script>window.onSuccess = () => {}</script>", head='<script id="sdk"></script>'
    )

    page.evaluate("document.getElementById('sdk').dataset.success = 'onSuccess'")
    page.evaluate("window[document.getElementById('sdk').attributes['data-success'].value](6)")

    assert [event.payload for event in web.recorder.callbacks] == [6]


def test_scripts_inserted_by_script_are_watched(web: Web) -> None:
    """A loader that inserts the SDK, from a file or inline, is watched from its first line."""
    page = web.open("<script>window.onSuccess = () => {}</script>", head="")

    page.evaluate(
        "new Promise((resolve) => { const script = document.createElement('script');"
        "script.dataset.success = 'onSuccess'; script.src = '/sdk.js'; script.onload = resolve;"
        "document.head.append(script) })"
    )
    page.evaluate("tiny.call('success', 'from a file')")
    page.evaluate(
        "const script = document.createElement('script');"
        "script.setAttribute('data-success', 'onSuccess');"
        "script.text = `window[document.currentScript.dataset.success]('inline')`;"
        "document.body.append(script)"
    )

    assert [event.payload for event in web.recorder.callbacks] == ["from a file", "inline"]


def test_an_address_in_place_of_a_name_is_left_alone(web: Web) -> None:
    """A URL cannot be called: it stays, and the record says that no call will be seen."""
    page = web.open("", head='<script src="/sdk.js" data-success="/thanks"></script>')

    assert page.evaluate("tiny.script.dataset.success") == "/thanks"
    assert [(e.kind, e.phase, e.name) for e in web.recorder.events] == [
        ("success", "url", "/thanks")
    ]
    assert web.recorder.callbacks == []


def test_a_visit_to_an_address_takes_the_place_of_the_call(web: Web) -> None:
    """Being sent to the address with a result is recorded as that callback, and once."""
    web.pages[f"{SHOP}/back?status=canceled&session_id=s1"] = "<!doctype html>again?"
    page = web.open(
        "", head='<script src="/sdk.js" data-success="/back" data-cancel="/back"></script>'
    )

    page.goto(f"{SHOP}/back?status=canceled&session_id=s1")

    (event,) = web.recorder.callbacks
    assert (event.kind, event.phase, event.name) == ("cancel", "visited", "/back")
    assert event.payload == {"status": "canceled", "session_id": "s1"}


def test_a_walk_to_an_address_without_a_result_is_no_callback(web: Web) -> None:
    """A customer who follows a link to the page after payment has not paid."""
    web.pages[f"{SHOP}/thanks"] = "<!doctype html>thanks"
    page = web.open("", head='<script src="/sdk.js" data-success="/thanks"></script>')

    page.goto(f"{SHOP}/thanks")

    assert web.recorder.callbacks == []


def test_the_wiring_is_told_in_the_pages_own_words(web: Web) -> None:
    """Names, addresses and what is defined are told as the page wrote them, when asked."""
    page = web.open(
        "<script>window.onSuccess = () => {}</script>",
        head='<script src="/sdk.js" data-success="onSuccess" data-cancel="onCancle" '
        'data-error="/oops"></script>',
    )

    (script,) = web.recorder.wiring(page)

    assert script.src == f"{SHOP}/sdk.js"
    assert [(t.kind, t.name, t.address, t.defined) for t in script.targets] == [
        ("success", "onSuccess", None, True),
        ("cancel", "onCancle", None, False),
        ("error", "/oops", f"{SHOP}/oops", False),
    ]


def test_a_name_that_cannot_be_followed_is_said_to_be(web: Web) -> None:
    """A dotted name means what the SDK makes of it, so it is reported as not watched."""
    web.open("", head='<script src="/sdk.js" data-success="shop.done"></script>')

    assert web.seen == ["success unobserved"]


def test_an_unhandled_rejection_of_a_callback_stays_unhandled(web: Web) -> None:
    """An async callback that fails is an error of the page, with the recorder as without."""
    page = web.open("<script>window.onSuccess = async () => { throw new Error('late') }</script>")

    page.evaluate("void tiny.call('success', 1)")
    web.recorder.quiet(page)

    assert web.seen == ["success called", "success rejected"]
    assert web.errors == ["late"]


def test_nothing_is_added_to_a_page_without_the_sdk(web: Web) -> None:
    """A page that has no such script sees no global, no error and no change."""
    page = web.open("<script>window.mine = 'Checkout' in window</script>", head="")

    assert page.evaluate("mine") is False
    assert page.evaluate("Object.keys(window).filter((name) => name.startsWith('__obs'))") == []
    assert (web.seen, web.errors) == ([], [])


def test_hooks_are_recorded_with_what_became_of_their_promise(web: Web) -> None:
    """A hook's call and its promise's end are two events, in the order of the payment."""
    page = web.open(
        "<script>window.validate = () => true; window.before = async (data) => data.redirect_url;"
        "window.onSuccess = () => {}</script>"
    )

    page.evaluate("tiny.pay({redirect_url: 'u'}, 'success')")

    assert web.seen == [
        "validate_payment called",
        "validate_payment returned",
        "before_payment called",
        "before_payment resolved",
        "success called",
    ]
    assert web.recorder.events[3].payload == "u"


def test_a_rejected_hook_is_recorded_and_reaches_the_sdk(web: Web) -> None:
    """The SDK gets the merchant's own promise, and the rejection in it."""
    page = web.open(
        "<script>window.promise = Promise.reject(new Error('no terms'));"
        "window.promise.catch(() => {}); window.validate = () => window.promise</script>"
    )

    stopped = page.evaluate("tiny.pay({}, 'success').catch((reason) => reason.message)")

    assert stopped == "no terms"
    assert page.evaluate("tiny.find('validatepayment')() === window.promise") is True
    assert web.seen[:2] == ["validate_payment called", "validate_payment rejected"]
    assert web.errors == []


def test_sdk_in_two_scripts_keeps_both_apart(web: Web) -> None:
    """Two script elements with other names each find their own function."""
    page = web.open(
        "<script>window.onSuccess = () => 'one'; window.onSecond = () => 'two'</script>",
        head=SDK_TAG + '<script id="second" data-success="onSecond"></script>',
    )

    page.evaluate("window[document.getElementById('second').dataset.success](2)")
    page.evaluate("tiny.call('success', 1)")

    assert [(event.name, event.payload) for event in web.recorder.callbacks] == [
        ("onSecond", 2),
        ("onSuccess", 1),
    ]
