"""Read a web page: block elements become lines; menus, forms and hidden parts are left out.

What belongs to the text is decided by what the elements are and by how much of them is links:

1. scripts, menus, form controls and hidden elements go; a form stays, whole pages live in one;
2. header, footer and aside go when they hold a menu or mostly links (a preamble may stand in a
   <header>); so do lists and boxes of five or more links and little else;
3. if there is one <main>, the text is in it.

We do not go on to pick the fullest block: a preamble often stands beside the articles in a block
of its own, and a stray line of a portal does less harm than a lost preamble.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from ingest.document import LINKED_ARTICLES, Document, LineKind, document_of
from ingest.readers.limits import refusal
from ingest.readers.plain import Row, clean


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEVER = _names(
    "script style noscript template nav iframe object embed svg canvas video audio map button "
    "select option textarea input datalist dialog head meta link base"
)
_FRAMES = _names("header footer aside")
_BOXES = _names("ul ol div section td table p menu")
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figure "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main menu ol p pre section summary "
    "table tbody td tfoot th thead tr ul"
)
_HEADING = re.compile(r"h([1-6])\Z")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_ROLES = _names("navigation search menu menubar dialog alertdialog")
# Class names that frameworks give to what stands round a text.
_HELPERS = _names("modal breadcrumb breadcrumbs bread-crumb pagination")
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_ARTICLE_LINK = re.compile(r"(?:(?:ال)?مادة|article)\s*\(?\s*\d{1,4}\s*\)?", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f\u00a0]+")
_MARKER = re.compile(r"[\[(]?\s*(?:\d{1,3}|\*{1,3})\s*[\])]?\Z")
_OWN_NUMBER = re.compile(r"[\[(]?\s*(?:\d+|[A-Za-z\u0621-\u064a]{1,4})\s*[\]).:\-–]")
_UNIT = re.compile(r"(?:\b[kcm]?m|م)\Z")  # before a raised 2 or 3: an area, not a footnote
_MAX_HEADING = 300  # letters; longer is a paragraph that only looks large


def read_html(text: str, name: str, encoding: str) -> Document:
    """Return the lines of the page's main text; raise Unreadable for nesting without end."""
    # huge_tree stays off: libxml2 then bounds depth and entities; no_network is explicit.
    parser = lxml.html.HTMLParser(
        huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    tree = lxml.html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise refusal(name, "damaged", "its elements are nested without end")
    title = tree.findtext(".//title")
    body = tree.find("body")
    facts = [] if encoding.startswith("utf") else [("encoding", encoding)]
    if body is not None and (linked := _linked_articles(body)):
        facts.append((LINKED_ARTICLES, str(linked)))
    rows = _Lines.of(_main(body)) if body is not None else []
    return document_of(rows, title=clean(_WHITE.sub(" ", title or "")) or None, facts=tuple(facts))


def _linked_articles(body: HtmlElement) -> int:
    """How many articles a menu of the page leads to: they may stand on pages of their own."""
    texts = (" ".join(link.text_content().split()) for link in body.iter("a"))
    return len({text for text in texts if _ARTICLE_LINK.fullmatch(text)})


def _main(body: HtmlElement) -> HtmlElement:
    for element in [e for e in body.iter() if e is not body and _is_outside(e)]:
        element.drop_tree()
    _drop_link_boxes(body)
    mains = body.findall(".//main")
    return mains[0] if len(mains) == 1 else body


def _is_outside(element: HtmlElement) -> bool:
    """Whether an element never shows, or only works the page."""
    if element.getparent() is None:
        return False
    return (
        element.tag in _NEVER
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or element.get("role", "") in _HIDDEN_ROLES
        or _HIDDEN_STYLE.search(element.get("style", "")) is not None
        or not _HELPERS.isdisjoint(element.get("class", "").split())
        or (element.tag in _FRAMES and element.find(".//nav") is not None)
    )


def _drop_link_boxes(body: HtmlElement) -> None:
    """Drop the frames and boxes that are mostly links."""
    counts: dict[HtmlElement, _Count] = {}
    _count(body, counts)
    for element in list(body.iter(*_FRAMES, *_BOXES)):
        is_frame = element.tag in _FRAMES
        count = counts[element]
        if element is body or count.links < (1 if is_frame else 5):
            continue
        share = 0.5 if is_frame else 0.7
        # A box inside a dropped one is dropped with it; dropping it twice does no harm.
        if element.tag == "footer" or count.linked > share * count.letters:
            element.drop_tree()


@dataclass(slots=True)
class _Count:
    """What an element holds: letters, letters inside links, links."""

    letters: int = 0
    linked: int = 0
    links: int = 0


def _count(element: HtmlElement, counts: dict[HtmlElement, _Count]) -> _Count:
    """Count an element and all below it, each once; depth is bounded by the parser."""
    total = counts[element] = _Count(_alphas(element.text))
    for child in element:
        inner = _count(child, counts)
        total.letters += inner.letters + _alphas(child.tail)
        total.linked += inner.linked
        total.links += inner.links
    if element.tag == "a":
        total.linked, total.links = total.letters, 1
    return total


def _alphas(text: str | None) -> int:
    return sum(char.isalpha() for char in text or "")


def _letters(element: HtmlElement) -> int:
    return _alphas(element.text_content())


@dataclass(slots=True)
class _Lines:
    """The walk down the tree: inline text gathers, a block boundary ends the line."""

    rows: list[Row] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _heading: int | None = None
    _number: str = ""  # of a list item, until its first line

    @classmethod
    def of(cls, root: HtmlElement) -> list[Row]:
        lines = cls()
        lines._element(root)
        lines._end()
        return lines.rows

    def _element(self, element: HtmlElement) -> None:
        if element.tag == "br":
            self._end()
        elif element.tag == "sup":
            self._raised(element)
        elif element.tag == "table" and _is_data_table(element):
            self._end()
            self.rows.extend(_table_rows(element))
        elif element.tag in _BLOCKS:
            self._end()
            before, self._heading = self._heading, _heading_level(element) or self._heading
            if element.tag == "li":
                self._number = _list_number(element)
            self._inside(element)
            self._end()
            self._heading = before
        else:
            self._inside(element)

    def _inside(self, element: HtmlElement) -> None:
        self._text(element.text, element.tag == "pre")
        for child in element:
            self._element(child)
            self._text(child.tail, element.tag == "pre")

    def _text(self, text: str | None, preformatted: bool) -> None:
        if text and preformatted and "\n" in text:
            for line in text.split("\n"):
                self._parts.append(line)
                self._end()
        elif text:
            self._parts.append(text)

    def _raised(self, element: HtmlElement) -> None:
        """A raised number marks a footnote; glued to "Article 5" it would become Article 51."""
        text = element.text_content().strip()
        before = "".join(self._parts).rstrip()
        if text in ("2", "3") and _UNIT.search(before):
            self._parts.append("²" if text == "2" else "³")
        elif not _MARKER.match(text):
            self._inside(element)

    def _end(self) -> None:
        line = clean(_WHITE.sub(" ", "".join(self._parts)))
        self._parts.clear()
        if line:
            kind = LineKind.TEXT if self._heading is None else LineKind.HEADING
            self.rows.append((self._number + line, None, kind, self._heading))
            self._number = ""


def _list_number(item: HtmlElement) -> str:
    """The number a browser puts before an item of a numbered list: "2. ", else ""."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
        return ""
    if _OWN_NUMBER.match(item.text_content().lstrip()) or "none" in parent.get("style", ""):
        return ""
    start = parent.get("start", "1")
    place = 1 + sum(sibling.tag == "li" for sibling in item.itersiblings(preceding=True))
    return f"{place - 1 + int(start) if start.isdecimal() else place}. "


def _heading_level(element: HtmlElement) -> int | None:
    """The level of a real heading: short, and no container of blocks that only looks large."""
    found = _HEADING.match(element.tag)
    if not found or _letters(element) > _MAX_HEADING:
        return None
    return (
        None if any(child.tag in _BLOCKS for child in element.iterdescendants()) else int(found[1])
    )


def _is_data_table(table: HtmlElement) -> bool:
    """A table of short cells, two and more in a row; one that lays out a page is not."""
    if table.find(".//table") is not None:
        return False
    rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
    wide = sum(len(row) > 1 for row in rows)
    blocks = sum(1 for e in table.iter("p", "div", "h1", "h2", "h3", "h4", "li"))
    return wide > len(rows) / 2 and blocks <= 2 * sum(map(len, rows))


def _table_rows(table: HtmlElement) -> Iterator[Row]:
    for row in table.iter("tr"):
        cells = [" ".join(text for text, *_ in _Lines.of(c)) for c in row if c.tag in ("td", "th")]
        if any(cells):
            yield " | ".join(cells), None, LineKind.TABLE, None
