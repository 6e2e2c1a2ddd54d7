"""The bank's challenge: shown, heard of, walked away from."""

from __future__ import annotations

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.sdk.ottu import API, OTTU, SESSION, SUBMIT, Ottu, names, result

CHALLENGE = result(
    "3DS",
    html="<iframe title='3D Secure challenge'></iframe>",
    ws_url=f"ws://ottu.test/3ds/{SESSION}/",
    method="iframe",
)
POLL = f"{OTTU}/3ds/{SESSION}/"


def test_a_challenge_is_heard_by_the_socket(ottu: Ottu) -> None:
    """The bank's page is shown in a dialog; the result that the socket brings settles it once."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, CHALLENGE)
    ottu.answers["GET", POLL] = (200, result())

    def bank(socket: WebSocketRoute) -> None:
        socket.on_message(
            lambda _: socket.send('{"status": "success", "challenge_occurred": true}')
        )

    ottu.page.route_web_socket("**/*", bank)
    page = ottu.show()
    ottu.type_card()
    ottu.pay.click()

    [(kind, data)] = ottu.told()

    assert (kind, data["challenge_occurred"]) == ("success", True)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert ottu.asked("GET", POLL) == 0


def test_a_challenge_without_a_socket_is_asked_for(ottu: Ottu) -> None:
    """Where sockets do not get through, the result is asked for until there is one."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, CHALLENGE)
    ottu.answers["GET", POLL] = [(204, None), (0, None), (200, result("canceled"))]
    ottu.show()
    ottu.type_card()
    ottu.pay.click()

    assert names(ottu.told()) == ["cancel"]
    assert ottu.asked("GET", POLL) == 3


def test_a_socket_that_fails_without_closing_is_given_up(ottu: Ottu) -> None:
    """A socket that a policy forbids tells of an error only; the result is then asked for."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, CHALLENGE)
    ottu.answers["GET", POLL] = (200, result())
    page = ottu.show()
    page.evaluate(
        """() => { window.WebSocket = class extends EventTarget {
          constructor() { super(); queueMicrotask(() => this.dispatchEvent(new Event('error'))); }
          close() {}
        }; }"""
    )
    ottu.type_card()

    ottu.pay.click()

    assert names(ottu.told()) == ["success"]


@pytest.mark.parametrize("way", ["cross", "escape"])
def test_walking_away_from_a_challenge_cancels(ottu: Ottu, way: str) -> None:
    """The X and the Escape key tell the server, whose answer is the one callback."""
    ottu.answers["POST", f"{SUBMIT}/cards/"] = (200, CHALLENGE)
    ottu.answers["POST", f"{API}/cancel/"] = (200, result("canceled", challenge_occurred=True))
    ottu.page.route_web_socket("**/*", lambda socket: socket.on_message(lambda _: None))
    page = ottu.show()
    ottu.type_card()
    ottu.pay.click()
    dialog = page.get_by_role("dialog", name="3D Secure")
    dialog.wait_for()

    if way == "cross":
        dialog.get_by_role("button", name="Close").click()
    else:
        page.keyboard.press("Escape")

    assert names(ottu.told()) == ["cancel"]
    assert ottu.asked("POST", f"{API}/cancel/") == 1
