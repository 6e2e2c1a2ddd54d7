"""Payment gateways behind the MIDs: each decides on a payment the way its test system does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .base import CardDetails, Decision, Gateway, Outcome
from .cod import CashOnDelivery
from .cybersource import CyberSource
from .knet import Knet
from .mpgs import Mpgs
from .myfatoorah import MyFatoorah
from .ottu_pg import OttuPG

if TYPE_CHECKING:
    from harness.sandbox.tenants import Tenant

__all__ = [
    "CardDetails",
    "Decision",
    "Gateway",
    "Outcome",
    "gateway",
]

_BY_PG: Final[dict[str, type[Gateway]]] = {
    "ottu_pg": OttuPG,
    "mpgs": Mpgs,
    "kpay": Knet,
    "cybersource": CyberSource,
    "myfatoorah": MyFatoorah,
    "cod": CashOnDelivery,
}


def gateway(tenant: Tenant, pg: str) -> Gateway:
    """The gateway a MID of kind ``pg`` talks to."""
    return tenant.part(_BY_PG[pg])


def kinds() -> frozenset[str]:
    """The gateways this sandbox knows."""
    return frozenset(_BY_PG)
