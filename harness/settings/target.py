"""One target: an Ottu with its keys, checked before anything is sent to it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr

from harness.errors import ConfigurationError
from harness.settings.layers import CONDUCT, ENVIRONMENT, Found, Layer, option_of, strongest

# Documented for merchants: docs.ottu.com, "Web SDK", installation.
CDN_SCRIPT = "https://assets.ottu.net/checkout/v3/checkout.min.js"

_OTTU_DOMAINS = ("ottu.net", "ottu.com", "ottu.dev")
_SANDBOX_HOSTS = ("sandbox.ottu.net", "localhost")
_SANDBOX_DOMAINS = ("ottu.dev", "localhost")

# Without a target these say nothing wrong.
_OF_NO_TARGET = frozenset({"allow_host", *CONDUCT})


class Target(BaseModel):
    """The Ottu that a run talks to.

    `name` is what reports call it; `base_url` is scheme and host without a closing slash;
    `pg_codes` is empty where every gateway the target offers may be used; `capabilities` are
    what it can do beyond the public API; `embedded` says that the harness started it itself;
    `origins` are the places its settings came from, by field, for whoever has to complain.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    base_url: str
    api_key: SecretStr
    public_key: str
    merchant_id: str
    sdk_url: str
    hmac_key: SecretStr | None = None
    pg_codes: tuple[str, ...] = ()
    capabilities: frozenset[str] = frozenset()
    embedded: bool = False
    origins: dict[str, str] = {}

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine, and can call back to it without a public address."""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def keeps_sessions(self) -> bool:
        """Whether what a scenario leaves behind stays there: it has no account of its own."""
        return "tenants" not in self.capabilities

    def public(self) -> dict[str, Any]:
        """What may be written into a report: everything but the keys."""
        return {
            "name": self.name,
            "base_url": self.base_url,
            "merchant_id": self.merchant_id,
            "sdk_url": self.sdk_url,
            "pg_codes": list(self.pg_codes),
            "capabilities": sorted(self.capabilities),
            "embedded": self.embedded,
        }

    def to_wire(self) -> dict[str, Any]:
        """Everything, keys included, as plain values for a worker process."""
        plain = self.model_dump(mode="json", exclude={"api_key", "hmac_key"})
        plain["api_key"] = self.api_key.get_secret_value()
        plain["hmac_key"] = self.hmac_key.get_secret_value() if self.hmac_key else None
        return plain


def resolve(layers: Sequence[Layer], name: str | None = None) -> Target | None:
    """The target that the layers describe, None where none of them names one.

    Layers come weakest first. `name` is what reports call the target (default: its host).

    Raises:
        ConfigurationError: a setting is missing, malformed or unsafe; the sentence names it
            and the place it came from, never a key.
    """
    found = strongest(layers)
    if "base_url" not in found:
        strays = [each.origin for field, each in found.items() if field not in _OF_NO_TARGET]
        if strays:
            stray = strays[0]
            message = (
                f"{stray} is set, but no target is named: set OTTU_BASE_URL too, "
                "or neither for the embedded sandbox."
            )
            raise ConfigurationError(message)
        return None
    return _checked(found, name)


def _checked(found: Mapping[str, Found], name: str | None) -> Target:
    base_url = bare_address(found["base_url"])
    if base_url.startswith("http:") and not is_loopback(urlsplit(base_url).hostname or ""):
        message = f"{found['base_url'].origin} is {base_url!r}; keys are sent by https only."
        raise ConfigurationError(message)
    host = urlsplit(base_url).hostname or ""
    _refuse_production(host, found)
    api_key, public_key = (_required(found, key, host) for key in ("api_key", "public_key"))
    if api_key.value == public_key.value:
        message = (
            f"{api_key.origin} and {public_key.origin} are the same key: the private one is due "
            "in the first and must never reach a browser."
        )
        raise ConfigurationError(message)
    hmac_key = found.get("hmac_key")
    return Target(
        name=name or host,
        base_url=base_url,
        api_key=SecretStr(_header_safe(api_key)),
        public_key=_header_safe(public_key),
        merchant_id=_merchant_id(found, base_url),
        sdk_url=_sdk_url(found, host),
        hmac_key=SecretStr(hmac_key.value) if hmac_key else None,
        pg_codes=_pg_codes(found),
        origins={field: each.origin for field, each in found.items()},
    )


def _required(found: Mapping[str, Found], field: str, host: str) -> Found:
    if field in found:
        return found[field]
    message = (
        f"{ENVIRONMENT[field]} is not set, and {host} cannot be used without it: set it, "
        f"or give {option_of(field)}."
    )
    raise ConfigurationError(message)


def _header_safe(key: Found) -> str:
    # Not shown: it is a key, or was meant to be one.
    if not key.value.isascii() or not key.value.isprintable() or " " in key.value:
        message = f"{key.origin} holds a character that no key has (a blank, a line end?)."
        raise ConfigurationError(message)
    return key.value


def address(found: Found) -> str:
    """What was given, if it is an http or https address without a password in it."""
    try:
        parts = urlsplit(found.value)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
        port = parts.port
    except ValueError:
        valid, port, parts = False, None, urlsplit("")
    if parts.username or parts.password:
        message = f"{found.origin} holds a user name or password, which no address here may."
        raise ConfigurationError(message)
    if not valid or port == 0:
        message = f"{found.origin} is {found.value!r}, which is no http or https address."
        raise ConfigurationError(message)
    return found.value


def bare_address(found: Found) -> str:
    """Scheme and host of what was given, if there is nothing more to it."""
    parts = urlsplit(address(found))
    if parts.path.strip("/") or parts.query or parts.fragment:
        message = f"{found.origin} is {found.value!r}; it must end after the host."
        raise ConfigurationError(message)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _refuse_production(host: str, found: Mapping[str, Found]) -> None:
    allowed = found.get("allow_host")
    names = {each.strip().lower() for each in allowed.value.split(",")} if allowed else set()
    if is_known_sandbox(host):
        return
    if host in names:
        if "amount_limit" in found:
            return
        message = (
            f"{host} is no known sandbox and is used only with a limit on what a session may be "
            f"about: set {ENVIRONMENT['amount_limit']}, or give {option_of('amount_limit')}."
        )
        raise ConfigurationError(message)
    message = (
        f"{host}, from {found['base_url'].origin}, is no known sandbox, and payments made on a "
        f"live shop are real: to run there all the same, name it with {option_of('allow_host')} "
        f"and set {option_of('amount_limit')}."
    )
    raise ConfigurationError(message)


def is_known_sandbox(host: str) -> bool:
    """Whether nothing paid on this host can cost anybody money."""
    return (
        host in _SANDBOX_HOSTS
        or any(host.endswith(f".{domain}") for domain in _SANDBOX_DOMAINS)
        or is_loopback(host)
    )


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: localhost, 127.0.0.0/8, ::1."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _merchant_id(found: Mapping[str, Found], base_url: str) -> str:
    given = found.get("merchant_id")
    if given is None:
        return urlsplit(base_url).netloc
    if "/" in given.value or " " in given.value:
        message = f"{given.origin} is {given.value!r}; it is a host without a scheme or a path."
        raise ConfigurationError(message)
    return given.value


def _sdk_url(found: Mapping[str, Found], host: str) -> str:
    if "sdk_url" in found:
        return address(found["sdk_url"])
    if any(host == domain or host.endswith(f".{domain}") for domain in _OTTU_DOMAINS):
        return CDN_SCRIPT
    message = (
        f"OTTU_SDK_URL is not set, and {host} is no Ottu host whose script address is known: "
        f"set it, or give {option_of('sdk_url')}."
    )
    raise ConfigurationError(message)


def _pg_codes(found: Mapping[str, Found]) -> tuple[str, ...]:
    given = found.get("pg_codes")
    if given is None:
        return ()
    codes = tuple(code.strip() for code in given.value.split(","))
    if not all(codes):
        message = f"{given.origin} is {given.value!r}; it lists codes with one comma between two."
        raise ConfigurationError(message)
    return codes
