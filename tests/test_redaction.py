"""What may leave the process, and what may not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from harness import card_numbers
from harness.errors import ConfigurationError
from harness.redaction import Redactor

VISA = "4508750015741019"
KEY = "aB3+dE/6h=I9.kL2"

# A busy machine is not a slow redactor, hence no deadline.
SETTINGS = settings(max_examples=60, deadline=None)

issuers = st.sampled_from(["4", "51", "55", "2221", "2720", "34", "37", "36", "6011", "62", "3528"])
surroundings = st.text(st.characters(blacklist_categories=["Nd", "Cs"]), max_size=20).filter(
    lambda text: not text or not re.search(r"[A-Za-z0-9]$|^[A-Za-z0-9]", text)
)


@st.composite
def issued_numbers(draw: st.DrawFn) -> str:
    prefix = draw(issuers)
    length = {"34": 15, "37": 15, "36": 14}.get(prefix, 16)
    body = prefix + draw(st.text("0123456789", min_size=length, max_size=length))
    body = body[: length - 1]
    return next(body + digit for digit in "0123456789" if card_numbers.passes_luhn(body + digit))


@SETTINGS
@given(issued_numbers(), surroundings, surroundings)
def test_a_card_number_nobody_registered_is_masked_in_any_text(
    number: str, before: str, after: str
) -> None:
    """A number that an issuer could have given out never survives, whatever surrounds it."""
    redacted = Redactor().redact(f"{before}{number}{after}")

    assert number not in redacted
    assert card_numbers.mask(number) in redacted


@SETTINGS
@given(st.text("0123456789", min_size=12, max_size=19), st.text(max_size=30), st.data())
def test_a_registered_number_is_masked_in_any_grouping(
    number: str, around: str, data: st.DataObject
) -> None:
    """A known number is found with any single separator after any of its digits."""
    assume(not re.search(r"[0-9]", around))
    separators = st.sampled_from(["", " ", "-", "\u00a0", "%20", ".", "+"])
    grouped = "".join(digit + data.draw(separators) for digit in number[:-1]) + number[-1]
    redactor = Redactor()
    redactor.register(number)

    redacted = redactor.redact(f"{around}{grouped}{around}")

    assert redacted == redactor.redact(f"{around}") + card_numbers.mask(number) + redactor.redact(
        around
    )


@SETTINGS
@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=6, max_size=40),
    st.text(max_size=30),
)
def test_a_registered_key_is_masked_however_it_is_written(key: str, around: str) -> None:
    """A key is found as it is, in a URL, and in JSON."""
    assume(not re.fullmatch(r"[\d\s-]+", key) and "*" not in key)
    redactor = Redactor()
    redactor.register(SecretStr(key))

    assert key not in redactor.redact(f"{around} {key} {around}")
    assert quote(key, safe="") not in redactor.redact(f"x?key={quote(key, safe='')}")
    assert json.dumps(key)[1:-1] not in redactor.redact(json.dumps({"note": f"a {key}"}))


hex_ids = st.text("0123456789abcdef", min_size=40, max_size=40)
amounts = st.decimals(min_value=0, max_value=10**8, places=3).map(str)
timestamps = st.datetimes().map(str) | st.integers(10**12, 2 * 10**12).map(str)
orders = st.from_regex(r"\A(DH|ORD|INV)-[0-9A-F]{10}\Z")
uuids = st.uuids().map(str)


@SETTINGS
@given(hex_ids | amounts | timestamps | orders | uuids, st.sampled_from(["{}", "id={};", '"{}"']))
def test_what_evidence_is_made_of_stays(word: str, setting: str) -> None:
    """Session ids, amounts, times, order numbers and UUIDs pass unchanged."""
    text = setting.format(word)

    assert Redactor().redact(text) == text
    assert Redactor().redact({"value": word}) == {"value": word}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | issued_numbers() | st.just(KEY),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("cvv"), inner),
    max_leaves=20,
)


@SETTINGS
@given(json_values)
def test_nested_json_is_masked_and_masking_again_changes_nothing(value: object) -> None:
    """No depth hides a key, and evidence may pass the redactor on several ways."""
    redactor = Redactor()
    redactor.register(KEY)

    redacted = redactor.redact(value)

    assert KEY not in json.dumps(redacted)
    assert redactor.redact(redacted) == redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4508 7500 1574 1019", "450875…1019"),
        ("3714-496353-98431", "371449…8431"),
        ("4508 7500 1574 1019 100", "450875…1019 ***"),
        ("411111111111112", "411111…1112"),
        ("8888880000000001", "888888…0001"),
        ("450875xxxxxx1019", "450875xxxxxx1019"),
        ("cvv=100&card=x", "cvv=***&card=x"),
        ('{"cvv": "100"}', '{"cvv": "***"}'),
        ('{\\"card\\":{\\"cvv\\":\\"1000\\"}}', '{\\"card\\":{\\"cvv\\":\\"***\\"}}'),
        ('name="pin"\r\n\r\n1234\r\n', 'name="pin"\r\n\r\n***\r\n'),
        (
            '<input name="cvv" type="password" value="100">',
            '<input name="cvv" type="password" value="***">',
        ),
        ('{"cvv": ["This field is required"]}', '{"cvv": ["This field is required"]}'),
        ("Authorization: Api-Key Zm9vYmFy.c2VjcmV0", "Authorization: Api-Key ***"),
        ("Api-Key authentication is required", "Api-Key authentication is required"),
        ("shipping=1234", "shipping=1234"),
        (f"dead{VISA}beefdeadbeefdeadbeef", f"dead{VISA}beefdeadbeefdeadbeef"),
        ('{"cvv_required": true}', '{"cvv_required": true}'),
    ],
)
def test_what_is_masked_to_what(text: str, expected: str) -> None:
    """The forms in which card data and keys stand in requests, pages and logs."""
    assert Redactor().redact(text) == expected


def test_fields_are_masked_by_name() -> None:
    """A CVV or a key is too short or too plain to be recognised, so its field's name decides."""
    evidence = {
        "card": {"number": int(VISA), "cvv": 100, "expiry_month": "01"},
        "api_key": "short",
        "cards": [{"security_code": "0000"}],
        "cvv": ["Invalid CVV code"],
    }

    assert Redactor().redact(evidence) == {
        "card": {"number": "450875…1019", "cvv": "***", "expiry_month": "01"},
        "api_key": "***",
        "cards": [{"security_code": "***"}],
        "cvv": ["Invalid CVV code"],
    }
    assert evidence["card"] == {"number": int(VISA), "cvv": 100, "expiry_month": "01"}


def test_bytes_are_masked_and_keep_what_is_no_text() -> None:
    """A body that is not UTF-8 throughout is masked where it can be read, and not damaged."""
    redactor = Redactor()
    redactor.register(KEY)

    redacted = redactor.redact(b"\xff\x00" + KEY.encode() + b"\xfe" + VISA.encode())

    assert redacted == b"\xff\x00***\xfe" + "450875…1019".encode()


def test_a_secret_too_short_to_be_told_from_text_is_refused() -> None:
    """Masking "abc" everywhere would blank the evidence, so it is an error instead."""
    with pytest.raises(ConfigurationError, match="A key of 3 characters"):
        Redactor().register("abc")


@pytest.mark.parametrize(
    ("digits", "is_card"),
    [
        (VISA, True),
        ("5123450000000008", True),
        ("411111111111111", True),
        ("4508750015741018", False),
        ("1763826840000", False),
        ("20261122154000", False),
        ("503412345673", False),
    ],
)
def test_what_counts_as_a_card_number(digits: str, is_card: bool) -> None:
    """Issuer, length and check digit together tell a card number from another."""
    assert card_numbers.is_one(digits) is is_card


def _others_are_over(redactor: Redactor, how_many: int) -> None:
    for number in range(how_many):
        with redactor.registered(f"another-tenants-key-{number}"):
            pass


def test_keys_of_two_at_once_are_both_masked() -> None:
    """A scenario that begins, or ends, while another is under way uncovers nothing of it."""
    redactor = Redactor()
    redactor.register(KEY)
    said = []
    with redactor.registered("first-tenants-key-1"):
        with redactor.registered("other-tenants-key-2"):
            said.append(redactor.text(f"{KEY} first-tenants-key-1 other-tenants-key-2"))
        _others_are_over(redactor, 20)
        said.append(redactor.text(f"{KEY} first-tenants-key-1"))

    assert said == ["*** *** ***", "*** ***"]


def test_keys_are_masked_until_enough_others_are_over(tmp_path: Path) -> None:
    """A scenario's keys stay secret past its end, and are forgotten once eight others have ended.

    They stay among the notes by which the reports are searched, and forget no other secret.
    """
    notes = tmp_path / "notes"
    notes.touch()
    redactor = Redactor(str(notes))
    redactor.register(KEY)
    with redactor.registered("first-tenants-key-1"):
        redactor.register("first-tenants-key-1")  # as an API client does, knowing of no tenants
    _others_are_over(redactor, 8)
    late = redactor.text(f"{KEY} first-tenants-key-1")
    _others_are_over(redactor, 1)

    assert late == "*** ***"
    assert redactor.text(f"{KEY} first-tenants-key-1") == "*** first-tenants-key-1"
    assert {"first-tenants-key-1", "another-tenants-key-7"} <= {
        json.loads(line) for line in notes.read_text().splitlines()
    }


def test_keys_of_a_scenario_that_failed_are_forgotten_too() -> None:
    """What raises in the block ends it as any other end does."""
    redactor = Redactor()
    with pytest.raises(LookupError), redactor.registered("first-tenants-key-1"):
        raise LookupError
    _others_are_over(redactor, 9)

    assert redactor.text("first-tenants-key-1") == "first-tenants-key-1"


def test_a_key_that_is_kept_outlives_the_block() -> None:
    """A secret known before for good is not forgotten with a scenario that uses it."""
    redactor = Redactor()
    redactor.register(KEY)
    with redactor.registered(KEY):
        pass
    _others_are_over(redactor, 20)

    assert redactor.text(KEY) == "***"


def test_masking_is_the_same_again_and_after_more_is_known() -> None:
    """What became of a short text is remembered, but not past the next secret."""
    redactor = Redactor()
    texts = ["cvv=100", "cvv=100", "sold-by-the-key", "sold-by-the-key"]

    assert [redactor.text(text) for text in texts] == ["cvv=***"] * 2 + ["sold-by-the-key"] * 2
    redactor.register("sold-by-the-key")
    assert redactor.text("sold-by-the-key") == "***"
