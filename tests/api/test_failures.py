"""What becomes of an answer that is no success, and of no answer."""

from __future__ import annotations

import pickle
import socket
import threading

import pytest
from pydantic import SecretStr

from harness.api import CheckoutAPI, Exchange
from harness.errors import APIError, InfrastructureError, TargetUnreachable
from harness.redaction import Redactor
from tests.api.scripted import ScriptedAPI

KEY = SecretStr("prv_1234567890ab")


def test_field_errors_name_their_fields(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """Messages about fields, nested ones included, reach the reader with the fields' names."""
    target.answers(
        400,
        {
            "amount": ["A valid number is required."],
            "billing_address": {"city": ["This field is required."]},
            "non_field_errors": ["Choose one."],
        },
        X_Request_ID="req-7",
    )

    with pytest.raises(APIError) as caught:
        api.create(amount="x")

    error = caught.value
    assert (error.status, error.exit_code, error.detail) == (400, 1, "Choose one.")
    assert error.fields == {
        "amount": ["A valid number is required."],
        "billing_address.city": ["This field is required."],
    }
    assert error.request_id == "req-7"
    assert str(error) == (
        "POST /b/checkout/v1/pymt-txn/ answered 400: Choose one.; amount: A valid number is "
        "required.; billing_address.city: This field is required. Correct the fields named and "
        "send it again. (request req-7)"
    )


@pytest.mark.parametrize(
    ("status", "exit_code", "advice"),
    [(401, 1, "Check that OTTU_API_KEY"), (404, 1, "Check the session id"), (503, 3, "its own")],
)
def test_the_error_says_what_to_do_and_whose_fault_it_is(
    api: CheckoutAPI, target: ScriptedAPI, status: int, exit_code: int, advice: str
) -> None:
    """A refusal is the checkout's (1); a server error leaves the checkout unjudged (3)."""
    target.answers(status, {"detail": "No."})

    with pytest.raises(APIError, match=advice) as caught:
        api.retrieve("s")

    assert (caught.value.exit_code, caught.value.detail) == (exit_code, "No.")


def test_an_answer_that_is_no_json_is_quoted(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """A gateway's HTML page in place of JSON is shown as what it is, without its secrets."""
    target.answers(502, b"<h1>Bad gateway for 4508750015741019</h1>")

    with pytest.raises(APIError, match="Bad gateway for 450875…1019"):
        api.retrieve("s")


def test_a_success_out_of_format_is_an_error(api: CheckoutAPI, target: ScriptedAPI) -> None:
    """A 200 without a session id is not taken for a transaction."""
    target.answers(200, {"state": "created"})

    with pytest.raises(APIError, match=r"out of format \(session_id: Field required"):
        api.retrieve("s")


def test_errors_survive_the_way_between_processes() -> None:
    """A worker's error reaches the controller with all that it knows."""
    error = APIError(400, {"amount": ["No."]}, "d", "r", "POST /x")

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert (str(copy), copy.fields, copy.status) == (str(error), {"amount": ["No."]}, 400)


class Door:
    """A port that drops the first `refusals` connections without a word."""

    def __init__(self, refusals: int) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.knocks = 0
        self._refusals = refusals
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.knocks += 1
                if self.knocks > self._refusals:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def test_no_answer_is_infrastructure_and_is_recorded(exchanges: list[Exchange]) -> None:
    """A closed port says nothing of the checkout; the evidence shows the attempt."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"

    with (
        CheckoutAPI(url, KEY, on_exchange=exchanges.append, redactor=Redactor()) as api,
        pytest.raises(TargetUnreachable, match=f"got no answer from {url}") as caught,
    ):
        api.create(amount="1.000")

    assert isinstance(caught.value, InfrastructureError)
    assert "OTTU_BASE_URL" in str(caught.value)
    assert [(e.status, e.error and e.error.split(":")[0]) for e in exchanges] == [
        (None, "ConnectError")
    ]


def test_a_post_is_never_sent_twice() -> None:
    """A connection lost after a POST may have been a payment: it is reported, not repeated."""
    door = Door(refusals=1)
    try:
        with (
            CheckoutAPI(door.url, KEY, redactor=Redactor()) as api,
            pytest.raises(TargetUnreachable),
        ):
            api.create(amount="1.000")
        assert door.knocks == 1
    finally:
        door.close()


def test_a_timeout_is_no_answer() -> None:
    """A target that accepts and then says nothing is given up after the time allowed."""
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        CheckoutAPI(
            f"http://127.0.0.1:{silent.getsockname()[1]}", KEY, timeout_s=0.1, redactor=Redactor()
        ) as api,
        pytest.raises(TargetUnreachable, match="ReadTimeout"),
    ):
        api.retrieve("s")
