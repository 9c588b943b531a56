"""A paper without its format: blocks of text in reading order. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.model import Language


class Tone(StrEnum):
    """How a text is set."""

    BODY = "body"
    QUIET = "quiet"  # smaller: what explains another text
    NOTICE = "notice"  # set apart: what must not be missed


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int  # 1 to 3; the title of the paper stands above them


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. Its language gives its direction; None: the paper's."""

    text: str
    tone: Tone = Tone.BODY
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in reading order: the first stands at the right of an Arabic paper."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]  # shares of the line


@dataclass(frozen=True, slots=True)
class Facing:
    """The same text in both languages side by side: the paper's own language stands first."""

    ar: str
    en: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Ruled:
    """Empty lines to write on."""

    lines: int


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Block = Heading | Text | Bullets | Table | Facing | Ruled | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `banner` stands at the head of every page, `imprint` at its foot."""

    title: str
    banner: str
    imprint: str
    language: Language
    blocks: tuple[Block, ...]
    page_label: str  # wording with {n}
