"""Parse and print every id: works, units, expressions, passages. Nothing else builds an id.

    work         kw-law-2013-91            jurisdiction, type, year, number; or any such slug
    unit         kw-law-2013-91/art-2      a provision, or a section of a judgment
                 kw-law-2013-91/art-24-bis-a/par-1/pt-7
                 kw-2025-fahaheel-confinement-01/facts
    expression   kw-law-2013-91/art-2@ar.official.2013-03-17
    passage      kw-law-2013-91/art-2@ar.digest#1

`parse_*(str(x)) == x` for every id; a malformed one raises BadIdentifier.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from functools import lru_cache

from search.errors import BadIdentifier
from search.model import Authority, Language, SectionKind

MAX_ID_CHARS = 200
_REMEMBERED = 50_000  # a search takes hundreds of ids apart, most of them those of the last one

_WORK = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_BELOW_WORK = re.compile(r"[/@#]")
_TOP = re.compile(
    r"preamble|(?:issuing-)?art-[1-9][0-9]*(?:-bis(?:-[a-z0-9]+)?)?|sec-[a-z0-9]+(?:-[a-z0-9]+)*|"
    + r"(?:"
    + "|".join(kind.value for kind in SectionKind)
    + r")(?:-[1-9][0-9]*)?"
)
_BELOW = re.compile(r"(?:par|pt|def)-[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Letters that number clauses, in the abjad order Arabic statutes use.
_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_POINTS = uuid.UUID("5f2c8f3e-6b1d-5a53-9f0b-7a1f0c2f9d11")  # namespace of our index points


@dataclass(frozen=True, slots=True, order=True)
class UnitId:
    """A provision, a clause of one, or a section of a judgment."""

    work: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join((self.work, *self.path))

    @property
    def top(self) -> UnitId:
        """Return the article or section this unit lies in: what people cite."""
        return UnitId(self.work, self.path[:1])

    def below(self, segment: str) -> UnitId:
        """Return the id of a clause of this unit."""
        if not _BELOW.fullmatch(segment):
            raise BadIdentifier(f"no clause of a provision is called {segment!r}")
        return UnitId(self.work, (*self.path, segment))


@dataclass(frozen=True, slots=True, order=True)
class ExpressionId:
    """One language, authority and version of a unit."""

    unit: UnitId
    language: Language
    authority: Authority
    version: dt.date | None = None

    def __str__(self) -> str:
        version = f".{self.version.isoformat()}" if self.version else ""
        return f"{self.unit}@{self.language}.{self.authority}{version}"


@dataclass(frozen=True, slots=True, order=True)
class PassageId:
    """The n-th passage of an expression, from 1."""

    expression: ExpressionId
    ordinal: int

    def __str__(self) -> str:
        return f"{self.expression}#{self.ordinal}"


def parse_work(text: str) -> str:
    """Return the work id as it stands, or raise BadIdentifier."""
    if len(text) > MAX_ID_CHARS or not _WORK.fullmatch(text):
        raise _malformed(text, "an instrument or judgment", "kw-law-2013-91")
    return text


def parse_unit(text: str) -> UnitId:
    """Parse a provision, clause or judgment section, e.g. `kw-law-2013-91/art-2/par-1`."""
    work, *path = text.split("/")
    if (
        len(text) > MAX_ID_CHARS
        or not _WORK.fullmatch(work)
        or not path
        or not _TOP.fullmatch(path[0])
        or not all(_BELOW.fullmatch(segment) for segment in path[1:])
    ):
        raise _malformed(text, "a provision", "kw-law-2013-91/art-2")
    return UnitId(work, tuple(path))


def parse_expression(text: str) -> ExpressionId:
    """Parse an expression, e.g. `kw-law-2013-91/art-2@ar.official.2013-03-17`."""
    unit, at, rest = text.partition("@")
    language, _, authority = rest.partition(".")
    authority, _, version = authority.partition(".")
    try:
        if not at or (rest.count(".") > 1) != bool(_VERSION.fullmatch(version)):
            raise ValueError(text)
        return ExpressionId(
            parse_unit(unit),
            Language(language),
            Authority(authority),
            dt.date.fromisoformat(version) if version else None,
        )
    except ValueError as exc:
        raise _malformed(text, "an expression", "kw-law-2013-91/art-2@ar.digest") from exc


def parse_passage(text: str) -> PassageId:
    """Parse a passage, e.g. `kw-law-2013-91/art-2@ar.digest#1`."""
    expression, _, ordinal = text.partition("#")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", ordinal):
        raise _malformed(text, "a passage", "kw-law-2013-91/art-2@ar.digest#1")
    return PassageId(parse_expression(expression), int(ordinal))


@lru_cache(maxsize=_REMEMBERED)
def work_of(identifier: str) -> str:
    """Return the work an id of any level belongs to."""
    return _BELOW_WORK.split(identifier, maxsplit=1)[0]


@lru_cache(maxsize=_REMEMBERED)
def labels_of(passage: str) -> tuple[str, str, str]:
    """Return work, language and authority of a passage id that is known to be well-formed."""
    unit, _, rest = passage.partition("@")
    language, _, rest = rest.partition("#")[0].partition(".")
    return unit.partition("/")[0], language, rest.partition(".")[0]


def article_segment(number: int, bis: str | None = None, issuing: bool = False) -> str:
    """Print an article's segment; `bis` is None, "" for plain bis, or its own label.

    >>> article_segment(24, "أ")
    'art-24-bis-a'
    """
    segment = f"{'issuing-' if issuing else ''}art-{number}"
    if bis is not None:
        segment += f"-bis-{clause_label(bis)}" if bis else "-bis"
    if not _TOP.fullmatch(segment):
        raise BadIdentifier(f"no article is numbered {number} {bis or ''}".strip())
    return segment


def clause_label(label: str) -> str:
    """Fold a printed clause label to the form ids use: digits, or a Latin letter.

    >>> clause_label("٧"), clause_label("ب"), clause_label("(iv)")
    ('7', 'b', 'iv')
    """
    bare = label.strip().strip("().-–:/ـ").strip().lower()
    bare = bare.translate(str.maketrans("أإآٱهـ", "ااااه ")).strip()
    if bare.isdecimal():
        return str(int(bare))
    if len(bare) == 1 and bare in _ABJAD:
        place = _ABJAD.index(bare)
        return chr(ord("a") + place) if place < 26 else f"z{place - 25}"
    if re.fullmatch(r"[a-z0-9]{1,12}", bare):
        return bare
    raise BadIdentifier(f"no clause is labelled {label!r}")


def point_id(passage: str) -> str:
    """Return the UUID under which an index holds a passage: the same on every machine."""
    return str(uuid.uuid5(_POINTS, passage))


def point_number(passage: str) -> int:
    """Return the first 64 bits of `point_id`: what an engine hands over sixty times as fast.

    Two of 300,000 passages share one once in twenty million collections.
    """
    return uuid.uuid5(_POINTS, passage).int >> 64


def _malformed(text: str, what: str, example: str) -> BadIdentifier:
    shown = text if len(text) <= 80 else text[:77] + "…"
    return BadIdentifier(f"{shown!r} is not the id of {what}. One looks like {example}.", id=shown)
