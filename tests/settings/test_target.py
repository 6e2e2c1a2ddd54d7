"""Where a target comes from, and what is refused before anything is sent to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.settings import Target, layers, resolve

PRIVATE = "prv_Zk3VpQ81xSecret"
ENVIRONMENT = {
    "OTTU_BASE_URL": "https://sandbox.ottu.net",
    "OTTU_API_KEY": PRIVATE,
    "OTTU_PUBLIC_KEY": "pub_1",
}


def _resolve(folder: Path, given: dict[str, str], **options: str) -> Target | None:
    section = options.pop("section", None)
    return resolve(layers(options, section=section, folder=folder, environment=given))


def _known(folder: Path, **changes: str) -> Target:
    target = _resolve(folder, ENVIRONMENT | changes)
    assert target is not None
    return target


def _refused(folder: Path, given: dict[str, str], **options: str) -> str:
    with pytest.raises(ConfigurationError) as refusal:
        _resolve(folder, given, **options)
    assert PRIVATE not in str(refusal.value)
    return refusal.value.message


def test_nothing_set_is_the_embedded_sandbox(tmp_path: Path) -> None:
    """Without a base URL there is no target to describe, and none is invented."""
    assert _resolve(tmp_path, {}) is None


def test_defaults_follow_from_the_base_url(tmp_path: Path) -> None:
    """Merchant id is the host, and an Ottu host loads the SDK from Ottu's CDN."""
    target = _known(tmp_path, OTTU_BASE_URL="https://Sandbox.ottu.net/")

    assert target.base_url == "https://sandbox.ottu.net"
    assert target.merchant_id == "sandbox.ottu.net"
    assert target.sdk_url == "https://assets.ottu.net/checkout/v3/checkout.min.js"
    assert target.hmac_key is None
    assert target.pg_codes == ()


def test_growing_strength(tmp_path: Path) -> None:
    """Environment, .env, harness.toml, options: each outweighs the one before it."""
    names = ("OTTU_HMAC_KEY", "OTTU_MERCHANT_ID", "OTTU_PG_CODES", "OTTU_PUBLIC_KEY")
    given = ENVIRONMENT | dict.fromkeys(names, "environment")
    (tmp_path / ".env").write_text(
        "OTTU_MERCHANT_ID=dotenv\nOTTU_PG_CODES=dotenv\nOTTU_PUBLIC_KEY=dotenv\n"
    )
    (tmp_path / "harness.toml").write_text(
        '[target.qa]\npg_codes = ["toml", "toml-2"]\npublic_key = "toml"\n'
    )

    target = _resolve(tmp_path, given, section="qa", public_key="option")

    assert target is not None
    assert target.hmac_key is not None
    assert target.hmac_key.get_secret_value() == "environment"
    assert target.merchant_id == "dotenv"
    assert target.pg_codes == ("toml", "toml-2")
    assert target.public_key == "option"


def test_the_section_may_be_named_in_the_environment(tmp_path: Path) -> None:
    """OTTU_TARGET chooses a section as the option does."""
    (tmp_path / "harness.toml").write_text('[target.qa]\nmerchant_id = "shop.example"\n')

    target = _known(tmp_path, OTTU_TARGET="qa")

    assert target.merchant_id == "shop.example"


def test_no_key_is_printed(tmp_path: Path) -> None:
    """Neither the text of a target nor its public description holds a private key."""
    target = _known(tmp_path, OTTU_HMAC_KEY="hmac_secret_9")

    assert PRIVATE not in f"{target!r} {target} {target.public()}"
    assert "hmac_secret_9" not in f"{target!r} {target} {target.public()}"
    assert Target.model_validate(target.to_wire()) == target


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"OTTU_API_KEY": ""}, "OTTU_API_KEY is not set, and sandbox.ottu.net cannot be used"),
        ({"OTTU_PUBLIC_KEY": PRIVATE}, "are the same key"),
        ({"OTTU_API_KEY": f"{PRIVATE} "}, "OTTU_API_KEY from the environment holds a character"),
        ({"OTTU_BASE_URL": "sandbox.ottu.net"}, "is no http or https address"),
        ({"OTTU_BASE_URL": "https://x:99999"}, "is no http or https address"),
        ({"OTTU_BASE_URL": "https://me:it@sandbox.ottu.net"}, "holds a user name or password"),
        ({"OTTU_BASE_URL": "https://sandbox.ottu.net/b/"}, "it must end after the host"),
        ({"OTTU_BASE_URL": "http://sandbox.ottu.net"}, "keys are sent by https only"),
        ({"OTTU_BASE_URL": "https://pay.shop.example"}, "is no known sandbox"),
        ({"OTTU_MERCHANT_ID": "https://sandbox.ottu.net"}, "a host without a scheme"),
        ({"OTTU_PG_CODES": "knet,,mpgs"}, "lists codes with one comma between two"),
        ({"OTTU_SDK_URL": "checkout.min.js"}, "OTTU_SDK_URL from the environment is"),
        ({"OTTU_BASE_URL": "http://127.0.0.1:8000"}, "OTTU_SDK_URL is not set, and 127.0.0.1"),
    ],
)
def test_what_is_refused(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    """A setting that cannot be used is named with the place it came from, and no key is told."""
    assert sentence in _refused(tmp_path, ENVIRONMENT | changes)


def test_a_live_host_is_allowed_only_by_name(tmp_path: Path) -> None:
    """Naming the host itself allows it, with an amount limit; naming another does not."""
    live = {
        "OTTU_BASE_URL": "https://pay.shop.example",
        "OTTU_SDK_URL": "https://cdn.example/x.js",
        "OTTU_AMOUNT_LIMIT": "0.100",
    }

    assert _known(tmp_path, **live, OTTU_ALLOW_HOST="pay.shop.example").name == "pay.shop.example"
    assert "no known sandbox" in _refused(
        tmp_path, ENVIRONMENT | live | {"OTTU_ALLOW_HOST": "shop.example"}
    )
    unlimited = {**ENVIRONMENT, **live, "OTTU_ALLOW_HOST": "pay.shop.example"}
    unlimited.pop("OTTU_AMOUNT_LIMIT")
    assert "set OTTU_AMOUNT_LIMIT, or give --amount-limit" in _refused(tmp_path, unlimited)


def test_a_host_that_only_ends_like_a_sandbox_is_refused(tmp_path: Path) -> None:
    """evil-ottu.dev is no host of ottu.dev."""
    refusal = _refused(tmp_path, ENVIRONMENT | {"OTTU_BASE_URL": "https://evil-ottu.dev"})

    assert "no known sandbox" in refusal


def test_a_key_without_a_target_is_refused(tmp_path: Path) -> None:
    """A key that would silently go unused, because no target is named, is an error."""
    assert _refused(tmp_path, {"OTTU_API_KEY": PRIVATE}).startswith(
        "OTTU_API_KEY from the environment is set, but no target is named"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no"),
        ("[target.other]\n", "has no section [target.qa]; it has other."),
        ("target = 1\n", "it has none"),
        ("[target.qa\n", "cannot be read"),
        ("[target.qa]\nkey = 'x'\n", "sets 'key', which is no setting"),
        ("[target.qa]\nbase_url = 8\n", "must be text, not int"),
    ],
)
def test_a_section_that_cannot_be_used(tmp_path: Path, content: str | None, sentence: str) -> None:
    """harness.toml is read strictly: a slip in it is told, not ignored."""
    if content is not None:
        (tmp_path / "harness.toml").write_text(content)

    assert sentence in _refused(tmp_path, ENVIRONMENT, section="qa")
