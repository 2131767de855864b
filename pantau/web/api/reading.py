"""An OpenAPI description read for the page that shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question."""

    name: str
    place: str
    """``path`` or ``query``."""
    type: str
    required: bool
    told: str
    choices: tuple[str, ...]
    default: str
    example: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an answer, ``depth`` levels deep."""

    name: str
    depth: int
    type: str
    told: str


@dataclass(frozen=True, slots=True)
class Question:
    """One address that can be asked."""

    path: str
    told: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Field, ...]
    anchor: str


def read_description(description: Schema) -> dict[str, list[Question]]:
    """Heading -> its questions, in the order of the description."""
    groups: dict[str, list[Question]] = {}
    for path, operations in description["paths"].items():
        for operation in operations.values():
            question = _question(path, operation, description)
            groups.setdefault(operation.get("tags", [""])[0], []).append(question)
    return groups


def _question(path: str, operation: Schema, description: Schema) -> Question:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return Question(
        path=path,
        told=operation.get("description", operation.get("summary", "")),
        parameters=tuple(_parameter(each) for each in operation.get("parameters", ())),
        fields=tuple(_fields(answer, description, depth=0, above=())),
        anchor=path.strip("/").replace("/", "-").replace("{", "").replace("}", ""),
    )


def _parameter(each: Schema) -> Parameter:
    schema = _chosen(each["schema"])
    examples = each["schema"].get("examples") or [""]
    example = examples[0][0] if isinstance(examples[0], list) else examples[0]
    return Parameter(
        name=each["name"],
        place=each["in"],
        type=_type(each["schema"]),
        required=bool(each.get("required")),
        told=each.get("description", ""),
        choices=tuple(map(str, schema.get("enum", ()))),
        default="" if each["schema"].get("default") is None else str(each["schema"]["default"]).lower(),
        example=str(example),
    )


def _fields(schema: Schema, description: Schema, *, depth: int, above: tuple[str, ...]) -> Iterator[Field]:
    """The fields of a shape with those of its parts; a shape within itself is not opened again."""
    schema = _chosen(schema)
    schema = schema.get("items", schema) if schema.get("type") == "array" else schema
    name = _reference(schema)
    if not name or name in above:
        return
    for field, part in description["components"]["schemas"][name].get("properties", {}).items():
        yield Field(field, depth, _type(part), part.get("description", ""))
        yield from _fields(part, description, depth=depth + 1, above=(*above, name))


def _chosen(schema: Schema) -> Schema:
    """The part of an alternative that is not null."""
    found: Schema = next((part for part in schema.get("anyOf", ()) if part.get("type") != "null"), schema)
    return found


def _reference(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _type(schema: Schema) -> str:
    chosen = _chosen(schema)
    optional = " | null" if any(part.get("type") == "null" for part in schema.get("anyOf", ())) else ""
    if chosen.get("type") == "array":
        return f"[{_type(chosen.get('items', {}))}]{optional}"
    word = _reference(chosen) or chosen.get("format") or str(chosen.get("type", "value"))
    return f"{word}{optional}"
