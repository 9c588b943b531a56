"""Read the sidecar of a file: FILE.yaml beside FILE says what the file is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from ingest.bundle_schema import WorkId
from search.errors import Unreadable

_MAX_BYTES = 64 * 1024
_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Title(BaseModel):
    """The work's title in one language or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ar: _Line | None = None
    en: _Line | None = None


class Given(BaseModel):
    """What a sidecar or the command's options say; None: left to recognition."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    instrument: WorkId | None = None
    judgment: WorkId | None = None
    kind: Literal["statute", "treaty", "judgment", "plan", "other"] | None = None
    language: Literal["ar", "en"] | None = None
    authority: Literal["official", "translation", "digest", "reported", "training"] | None = None
    title: Title = Title()
    number: Annotated[str, StringConstraints(pattern=r"^[\w/.-]{1,20}$")] | None = None
    year: Annotated[int, Field(ge=600, le=2200)] | None = None
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}$")] | None = None
    in_force_from: dt.date | None = None
    access: Literal["open", "restricted"] | None = None  # restricted: see search/access
    deidentify: bool | None = None  # judgments are, whatever is said here
    source: dict[Annotated[str, StringConstraints(max_length=40)], str | int | dt.date | None] = {}

    @model_validator(mode="after")
    def _names_one_work(self) -> Given:
        if self.instrument and self.judgment:
            raise ValueError("give `instrument` or `judgment`, not both")
        if self.judgment and self.kind not in (None, "judgment"):
            raise ValueError(f"a judgment cannot be of kind {self.kind}")
        if self.instrument and self.kind == "judgment":
            raise ValueError("name a judgment by `judgment`, not by `instrument`")
        return self

    @property
    def work(self) -> str | None:
        return self.instrument or self.judgment

    def over(self, other: Given) -> Given:
        """Return these values, completed by `other` where nothing is given here."""
        own = {name: getattr(self, name) for name in self.model_fields_set}
        own = {name: value for name, value in own.items() if value is not None}
        if {"instrument", "judgment"} & own.keys():
            other = other.model_copy(update={"instrument": None, "judgment": None})
        return other.model_copy(update=own)


def sidecar_path(path: Path) -> Path:
    """Return where the sidecar of a file would lie: `law.pdf` → `law.pdf.yaml`."""
    return path.with_name(f"{path.name}.yaml")


def read_sidecar(path: Path) -> Given:
    """Read the sidecar of the file `path`; nothing given where there is none.

    Raises Unreadable (`sidecar`) naming the field at fault.
    """
    beside = sidecar_path(path)
    if not beside.is_file():
        return Given()
    try:
        if beside.stat().st_size > _MAX_BYTES:
            raise _refusal(beside, "it is larger than 64 KiB")
        with beside.open(encoding="utf-8") as stream:
            found = yaml.safe_load(stream)
    except (OSError, UnicodeDecodeError) as exc:
        raise _refusal(beside, "it cannot be read as UTF-8 text") from exc
    # Nesting beyond reason ends in RecursionError, an anchor bomb is stopped by the size limit.
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        raise _refusal(beside, f"it is not valid YAML ({_where(exc)})") from exc
    if found is None:
        return Given()
    if not isinstance(found, dict):
        raise _refusal(beside, "it must hold fields such as `instrument: kw-law-2013-91`")
    try:
        return Given.model_validate(found)
    except ValidationError as exc:
        raise _refusal(beside, _fault(exc)) from exc


def _fault(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    known = ", ".join(Given.model_fields)
    if first["type"] == "extra_forbidden":
        return f"`{name}` is no field of a sidecar; the fields are {known}"
    message = str(first["msg"]).removeprefix("Value error, ")
    return f"`{name}`: {message}" if name else message


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "unreadable value"


def _refusal(beside: Path, why: str) -> Unreadable:
    return Unreadable(
        f"The sidecar {beside.name} is refused: {why}. Correct it, or remove it to have the file "
        "recognised from its text.",
        reason="sidecar",
        file=beside.name,
    )
