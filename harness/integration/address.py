"""Which page is looked at, and which Ottu it may be paid on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dotenv import dotenv_values

from harness.errors import ConfigurationError
from harness.settings import layers
from harness.settings.target import is_known_sandbox

OPTION: Final = "--merchant-url"
ENVIRONMENT: Final = "OTTU_MERCHANT_URL"


def merchant_url(
    option: str | None,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> str:
    """The page that the option names, else `.env`, else the environment.

    Raises:
        ConfigurationError: nobody names one, or what is named is no address of a page.
    """
    dotenv = dotenv_values((folder or Path.cwd()) / ".env")
    for value, origin in (
        (option, OPTION),
        (dotenv.get(ENVIRONMENT), f"{ENVIRONMENT} from .env"),
        (environment.get(ENVIRONMENT), f"{ENVIRONMENT} from the environment"),
    ):
        if value:
            return _checked(value, origin)
    message = f"No page is named: give its address with {OPTION}, or in {ENVIRONMENT}."
    raise ConfigurationError(message)


def refuse_elsewhere(arguments: Sequence[str]) -> None:
    """Keep the page's address from commands that do not look at it.

    Raises:
        ConfigurationError: it is among the arguments.
    """
    if any(argument.partition("=")[0] == OPTION for argument in arguments):
        message = (
            f"{OPTION} goes with `harness integration`, which says what is wrong with a "
            "merchant's page; `harness run` judges the checkout on the harness's own."
        )
        raise ConfigurationError(message)


def _checked(value: str, origin: str) -> str:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.username or parts.password:
        message = f"{origin} holds a user name or password, which no address here may."
        raise ConfigurationError(message)
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        message = f"{origin} is {value!r}, which is no http or https address of a page."
        raise ConfigurationError(message)
    return value


@dataclass(frozen=True, slots=True)
class Known:
    """What the settings say of the merchant, each where it was given; none of it is needed.

    `private_key` is looked for in the page; `sdk_url` is right for its script besides Ottu's own;
    `allowed` are hosts on which the page may be paid though they are no known sandboxes.
    """

    private_key: str | None = None
    hmac_key: str | None = None
    sdk_url: str | None = None
    allowed: frozenset[str] = frozenset()

    def refuse_production(self, host: str) -> None:
        """Let nobody pay on a live Ottu.

        Raises:
            ConfigurationError: the host is no known sandbox, and not allowed by name.
        """
        name = host.partition(":")[0].lower()
        if is_known_sandbox(name) or name in self.allowed:
            return
        message = (
            f"The page pays on {name}, which is no known sandbox, and payments made there are "
            "real: to go on all the same, name it with --ottu-allow-host."
        )
        raise ConfigurationError(message)


def known(
    options: Mapping[str, str | None], section: str | None = None, folder: Path | None = None
) -> Known:
    """What environment, `.env`, `harness.toml` and options say of the merchant.

    Raises:
        ConfigurationError: harness.toml cannot be read.
    """
    found: dict[str, str] = {}
    for layer in layers(options, section=section, folder=folder):
        found |= layer.values
    hosts = found.get("allow_host", "").split(",")
    return Known(
        private_key=found.get("api_key"),
        hmac_key=found.get("hmac_key"),
        sdk_url=found.get("sdk_url"),
        allowed=frozenset(host.strip().lower() for host in hosts if host.strip()),
    )
