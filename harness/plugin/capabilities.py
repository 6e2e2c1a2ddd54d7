"""What a target can do beyond the public API, asked of the target itself."""

from __future__ import annotations

import httpx

from harness.api.transport import trusted
from harness.errors import TargetUnreachable
from harness.settings import Target, is_loopback

_TIMEOUT_S = 10.0


def discover(target: Target) -> Target:
    """The same target with the capabilities it says it has; an Ottu that is not ours has none.

    Raises:
        TargetUnreachable: nobody answers at its address, or it answers that it is in trouble.
    """
    url = httpx.URL(f"{target.base_url}/_sandbox/")
    try:
        # No proxy of the environment leads to this machine itself.
        answer = httpx.get(
            url, timeout=_TIMEOUT_S, verify=trusted(), trust_env=not is_loopback(url.host)
        )
    except httpx.HTTPError as error:
        message = (
            f"Nobody answers at {target.base_url} ({type(error).__name__}): check OTTU_BASE_URL "
            "and that the target is running."
        )
        raise TargetUnreachable(message) from error
    if answer.status_code >= 500:
        message = f"{target.base_url} is in trouble: {url.path} answered {answer.status_code}."
        raise TargetUnreachable(message)
    try:
        names = frozenset(str(each) for each in answer.json()["capabilities"])
    except (ValueError, KeyError, TypeError):
        # A refusal, or a site that answers every address with a page of its own.
        names = frozenset()
    return target.model_copy(update={"capabilities": names if answer.is_success else frozenset()})
