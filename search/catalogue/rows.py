"""Turn the domain's dataclasses into rows and back.

A field lies in the column of its name. Text, numbers, dates and enums have columns of their own
type; nested values and tuples are JSON. Knows the shapes of `search/model.py`, not their meaning.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import JSON, Column, Select, Table, select

from search.errors import StoreDamaged

T = TypeVar("T")

Decode = Callable[[Any], Any]


def dump(value: Any) -> Any:
    """Return the JSON value of a field; a dataclass becomes an object without its Nones."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if is_dataclass(value):
        return {
            field.name: dump(item)
            for field in fields(value)
            if (item := getattr(value, field.name)) is not None
        }
    return value


def to_row(value: Any) -> dict[str, Any]:
    """Return the columns of a dataclass; dates stay dates, their columns know them."""
    row = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: item if type(item) is dt.date else dump(item) for name, item in row.items()}


class RowType(Generic[T]):
    """How one dataclass is read from one table; a field without a column keeps its default."""

    def __init__(self, cls: type[T], table: Table, **columns: str) -> None:
        """Compile the way from each column to its field; `columns` names those called otherwise."""
        hints = get_type_hints(cls)
        held = {name: table.c.get(columns.get(name, name)) for name in _names(cls)}
        found = {name: column for name, column in held.items() if column is not None}
        self.table = table
        self.columns: list[Column[Any]] = list(found.values())
        self._cls = cls
        self._ways = [(name, _column_decoder(hints[name], found[name])) for name in found]

    def select(self) -> Select[Any]:
        """Return a query for `columns`, to be narrowed."""
        return select(*self.columns)

    def read(self, row: Sequence[Any]) -> T:
        """Build the value from a row of `columns`; raise StoreDamaged."""
        try:
            values = {
                name: value if decode is None or value is None else decode(value)
                for (name, decode), value in zip(self._ways, row, strict=True)
            }
            return self._cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError) as exc:
            raise StoreDamaged(
                f"The catalogue is damaged: row {row[0]!r} of the table {self.table.name} cannot "
                "be read. Restore the database from a copy, or remove it and ingest again.",
                table=self.table.name,
            ) from exc


def _names(cls: type[Any]) -> list[str]:
    return [field.name for field in fields(cls)]


def _column_decoder(hint: Any, column: Column[Any]) -> Decode | None:
    if isinstance(column.type, JSON):
        return decoder(hint)
    plain = _without_none(hint)
    return plain if isinstance(plain, type) and issubclass(plain, Enum) else None


@cache
def decoder(hint: Any) -> Decode | None:
    """Return the function that undoes `dump` for a type; None where nothing is to be done."""
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return _tuple_decoder(decoder(get_args(hint)[0]))
    if hint is dt.date:
        return dt.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if is_dataclass(hint):
        return _object_decoder(hint)
    return None


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not types.NoneType)
    return hint


def _tuple_decoder(item: Decode | None) -> Decode:
    if item is None:
        return tuple
    return lambda values: tuple(item(value) for value in values)


def _object_decoder(cls: Any) -> Decode:
    hints = get_type_hints(cls)
    ways = {name: decoder(hints[name]) for name in _names(cls)}

    def decode(data: Mapping[str, Any]) -> Any:
        return cls(**{k: v if (way := ways[k]) is None else way(v) for k, v in data.items()})

    return decode
