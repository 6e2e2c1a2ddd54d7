"""Ottu's description of its API, and where it cannot be taken literally.

Each change is also a row of docs/fidelity.md.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

DESCRIPTION = Path(__file__).parents[3] / "shared" / "ottu" / "openapi.yaml"

#: Given only when they were asked for, as the description's own texts say of them.
_ON_REQUEST = frozenset(
    {
        "attachment_short_url",
        "checkout_short_url",
        "qr_code_url",
        "sdk_setup_preload_payload",
        "customer_address_country",
    }
)
#: Described as one object, said to be an array in words, and read as one by every client.
_LISTS = (("payment_methods", "PaymentMethodsForRedirect"), ("pg_icons", "MIDIcon"))


class Contract:
    """What each endpoint may answer."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._paths = description["paths"]
        self._schemas = {
            name: _changed(schema) for name, schema in description["components"]["schemas"].items()
        }
        errors = {"additionalProperties": {"$ref": "#/components/schemas/Messages"}}
        self._schemas["FieldErrors"] = {"type": "object", **errors}
        self._schemas["NestedFieldErrors"] = {"type": "object", **errors}
        self._schemas["Messages"] = {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", **errors},
            ]
        }
        # A gateway's methods have the type "sandbox" in every example of the documentation.
        method = self._schemas["PaymentMethodsForRedirect"]["properties"]
        method["type"] = {"enum": ["sandbox", "production"]}
        method["branding_options"] = {"type": ["object", "null"]}

    @classmethod
    def load(cls) -> Contract:
        with DESCRIPTION.open(encoding="utf-8") as text:
            return cls(yaml.load(text, Loader=yaml.CSafeLoader))

    def operations(self) -> set[tuple[str, str]]:
        """Every method and path there is."""
        return {(m.upper(), p) for p, methods in self._paths.items() for m in methods}

    def problems(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """What is wrong with an answer."""
        described = self._paths[path][method.lower()]["responses"].get(str(status))
        if described is None:
            return [f"{status} is no answer of {method} {path}"]
        content = described.get("content", {}).get("application/json", {})
        schema = _changed(content.get("schema", {}))
        if path == "/b/pbl/v2/card/" and status == 200:
            schema = {"type": "array", "items": schema}
        if method == "PATCH" and status == 400:
            schema = {"anyOf": [schema, {"$ref": "#/components/schemas/FieldErrors"}]}
        whole = {**schema, "components": {"schemas": self._schemas}}
        return [
            f"{error.json_path}: {error.message[:300]}"
            for error in Draft202012Validator(whole).iter_errors(body)
        ]


def _changed(schema: Any) -> Any:
    """A schema that says what the words around it say."""
    if isinstance(schema, list):
        return [_changed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = copy.copy(schema)
    # The alternatives overlap ({"detail": …} is also a field error): one has to fit, not only one.
    if "oneOf" in schema:
        schema["anyOf"] = schema.pop("oneOf")
    if isinstance(schema.get("required"), list):
        schema["required"] = [name for name in schema["required"] if name not in _ON_REQUEST]
    properties = schema.get("properties")
    if isinstance(properties, dict):
        properties = {name: _changed(part) for name, part in properties.items()}
        for name, item in _LISTS:
            if item in str(properties.get(name)) and "items" not in properties[name]:
                properties[name] = {
                    "type": "array",
                    "items": {"$ref": f"#/components/schemas/{item}"},
                }
        return {**schema, "properties": properties}
    return {name: _changed(part) for name, part in schema.items()}
