"""Read an OpenAPI description into rows that the API's page prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what it means, what it may be, and examples."""

    name: str
    required: bool
    description: str
    values: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One status and the name of the shape it carries, "" where it has none."""

    status: str
    shape: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one address."""

    id: str
    method: str
    route: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answers: tuple[Answer, ...]


def operations(openapi: Mapping[str, Any]) -> tuple[Operation, ...]:
    """Return every operation, in the order of the description."""
    shapes = openapi["components"]["schemas"]
    return tuple(
        Operation(
            id=operation["operationId"],
            method=method.upper(),
            route=route,
            summary=operation["summary"],
            description=operation["description"],
            parameters=tuple(_parameter(p, shapes) for p in operation.get("parameters", ())),
            answers=tuple(
                Answer(status, _shape(answer)) for status, answer in operation["responses"].items()
            ),
        )
        for route, methods in openapi["paths"].items()
        for method, operation in methods.items()
    )


def _parameter(parameter: Mapping[str, Any], shapes: Mapping[str, Any]) -> Parameter:
    schema = parameter["schema"]
    options = [o for o in schema.get("anyOf", [schema]) if o.get("type") != "null"]
    values = "; ".join(_values(option, shapes) for option in options)
    if schema.get("default") is not None:
        values += f" (default {schema['default']})"
    return Parameter(
        parameter["name"],
        parameter.get("required", False),
        parameter["description"],
        values,
        tuple(str(example) for example in schema.get("examples", ())),
    )


def _values(option: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    if "$ref" in option:
        return ", ".join(shapes[_name(option)]["enum"])
    parts = [option.get("format", option["type"])]
    if "minimum" in option:
        parts.append(f"{option['minimum']} to {option['maximum']}")
    if "maxLength" in option:
        parts.append(f"at most {option['maxLength']} characters")
    return ", ".join(parts)


def _shape(answer: Mapping[str, Any]) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    if "items" in schema:
        return f"list of {_name(schema['items'])}"
    return _name(schema) if "$ref" in schema else ""


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", maxsplit=1)[-1].removesuffix("Out")
