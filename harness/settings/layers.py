"""The places a setting may stand in, weakest first: environment, .env, harness.toml, options."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from harness.errors import ConfigurationError

#: Settings of a run's own conduct (`harness.settings.conduct`) -> what the option is for.
CONDUCT: dict[str, str] = {
    "webhook_url": "public address that leads to the webhook port, https://HOST (or: none)",
    "webhook_port": "local port at which webhooks from there are taken",
    "amount_limit": "most that a session may be about, 1.500, in whatever currency it is",
    "session_cap": "most sessions that a run may make (default for a named target: 500)",
    "rate_limit": "most sessions a second, all workers together (default for a named target: 5)",
}

#: Settings of a target (`harness.settings.target`) and of the conduct -> what the option is for.
OPTIONS: dict[str, str] = {
    "base_url": "address of the Ottu to test, https://HOST",
    "api_key": "its private key",
    "public_key": "its public key",
    "merchant_id": "host the SDK is told to call (default: the host of the base URL)",
    "sdk_url": "address of the SDK's script (default: Ottu's CDN for an Ottu host)",
    "hmac_key": "key that its webhooks are signed with",
    "pg_codes": "payment gateways to use, with commas between them (default: all it offers)",
    "allow_host": "name a host that is no known sandbox, to allow it with an amount limit",
    **CONDUCT,
}

# In a section a number may stand as one; as text it keeps the digits that were written.
_NUMBERS = frozenset({"webhook_port", "amount_limit", "session_cap", "rate_limit"})

ENVIRONMENT = {field: f"OTTU_{field.upper()}" for field in OPTIONS}


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says: the values by field, and how that place calls each field."""

    values: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The value that counts for a field, and how the place it came from calls it."""

    value: str
    origin: str


def strongest(layers: Sequence[Layer]) -> dict[str, Found]:
    """What counts for each field that any layer has; layers come weakest first."""
    found: dict[str, Found] = {}
    for layer in layers:
        found |= {key: Found(value, layer.names[key]) for key, value in layer.values.items()}
    return found


def layers(
    options: Mapping[str, str | None] | None = None,
    *,
    section: str | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> list[Layer]:
    """All four places, weakest first.

    `options` maps a field to what the command line gave for it, or None; `section` is the NAME
    of the `[target.NAME]` to take from `folder`/harness.toml (default: what OTTU_TARGET says,
    else none). An empty variable counts as unset, as in CI systems that cannot unset one.

    Raises:
        ConfigurationError: harness.toml cannot be read, or has no such section or field.
    """
    root = folder or Path.cwd()
    dotenv = {
        name: value for name, value in dotenv_values(root / ".env").items() if value is not None
    }
    wanted = section or dotenv.get("OTTU_TARGET") or environment.get("OTTU_TARGET") or None
    return [
        _variables(environment, "the environment"),
        _variables(dotenv, str(root / ".env")),
        _section(root / "harness.toml", wanted),
        _options(options or {}),
    ]


def _variables(source: Mapping[str, str], place: str) -> Layer:
    given = {field: source[name] for field, name in ENVIRONMENT.items() if source.get(name)}
    return Layer(given, {field: f"{ENVIRONMENT[field]} from {place}" for field in given})


def _options(options: Mapping[str, str | None]) -> Layer:
    given = {field: value for field, value in options.items() if value}
    return Layer(given, {field: f"the option {option_of(field)}" for field in given})


def option_of(field: str) -> str:
    """The command-line option that sets a field: base_url -> --ottu-base-url.

    What is the run's own is not Ottu's: session_cap -> --session-cap.
    """
    whose = "" if field in CONDUCT else "ottu-"
    return f"--{whose}{field.replace('_', '-')}"


def _section(path: Path, name: str | None) -> Layer:
    if name is None:
        return Layer({}, {})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    except FileNotFoundError:
        message = f"The target {name!r} was asked for, but there is no {path} to describe it."
        raise ConfigurationError(message) from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise ConfigurationError(message) from error
    sections: Any = content.get("target")
    if not isinstance(sections, dict) or not isinstance(sections.get(name), dict):
        known = ", ".join(sections) if isinstance(sections, dict) and sections else "none"
        message = f"{path} has no section [target.{name}]; it has {known}."
        raise ConfigurationError(message)
    return _from_section(path, name, sections[name])


def _from_section(path: Path, name: str, section: Mapping[str, Any]) -> Layer:
    place = f"[target.{name}] of {path}"
    values: dict[str, str] = {}
    for key, value in section.items():
        if key not in OPTIONS:
            message = f"{place} sets {key!r}, which is no setting; there are {', '.join(OPTIONS)}."
            raise ConfigurationError(message)
        values[key] = _as_text(key, value, place)
    return Layer(values, {key: f"{key} in {place}" for key in values})


def _as_text(key: str, value: object, place: str) -> str:
    if isinstance(value, str):
        return value
    if key in _NUMBERS and type(value) is int:
        return str(value)
    if key == "pg_codes" and isinstance(value, list):
        return ",".join(map(str, value))
    wanted = "a number" if key in _NUMBERS else "text"
    message = f"{key} in {place} must be {wanted}, not {type(value).__name__}."
    raise ConfigurationError(message)
