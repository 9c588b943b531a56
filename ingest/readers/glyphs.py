"""Keep track of Arabic glyphs while pypdf lays a page out, so that each is read as what it is.

A PDF font maps glyph codes to letters. Two things go wrong with Arabic when only the letters are
seen afterwards:

* a ligature glyph maps to several letters in reading order, but stands in a line that is in
  visual order: turning the line round turns the ligature back to front (المادة → املادة);
* some fonts map the stretching bar (kashida) to a letter (رعقققاية for رعاية).

So each Arabic glyph is given a private character for the time of extraction, and its letters are
put back when the whole document is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pypdf import PageObject
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

_KASHIDA = "\u0640"
# Supplementary private use area A; no font that maps Arabic letters by ToUnicode uses it.
_FIRST, _LAST = 0xF0000, 0xFFFFD
_ARABIC_UNIT = re.compile(
    r"(06[2-4][0-9A-F]|067[1-9A-F]|06[89A-C][0-9A-F]|06D[0-3]|F[BCD]..|FE[7-9A-F].)"
)
_SECTION = re.compile(rb"(beginbf(char|range))(.*?)(endbf(?:char|range))", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])", re.DOTALL
)
_STRETCH = re.compile("([\U000f0000-\U000ffffd])\\1\\1+")
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(slots=True)
class Glyphs:
    """The private characters of one document and the letters behind them."""

    letters: dict[str, str] = field(default_factory=dict)
    kashidas: set[str] = field(default_factory=set)
    _done: dict[int, DictionaryObject] = field(default_factory=dict)

    def mark(self, page: PageObject) -> None:
        """Rewrite the ToUnicode maps of a page's fonts, once each, to private characters."""
        for font in _fonts(page):
            if id(font) in self._done:
                continue
            self._done[id(font)] = font  # kept alive, so that its id stays its own
            stream = font.get("/ToUnicode")
            stream = stream.get_object() if stream is not None else None
            if isinstance(stream, StreamObject):
                marked = DecodedStreamObject()
                marked.set_data(_SECTION.sub(self._mark_section, stream.get_data()))
                font[NameObject("/ToUnicode")] = marked

    def learn(self, laid_out: str) -> None:
        """Note which glyphs stretch: no Arabic word has the same letter glyph three times."""
        self.kashidas.update(found[0] for found in _STRETCH.findall(laid_out))

    def visual(self, laid_out: str) -> str:
        """Put the letters back, in visual order: to be turned round with their line."""
        return _PRIVATE.sub(self._letters_reversed, laid_out)

    def _letters_reversed(self, found: re.Match[str]) -> str:
        char = found[0]
        return _KASHIDA if char in self.kashidas else self.letters.get(char, char)[::-1]

    def _private(self, target: str) -> bytes | None:
        """Return a private character for the hex of Arabic letters, None for other text."""
        units = [target[i : i + 4] for i in range(0, len(target), 4)]
        code = _FIRST + len(self.letters)
        if code > _LAST or not units or not all(_ARABIC_UNIT.fullmatch(u) for u in units):
            return None
        self.letters[chr(code)] = bytes.fromhex(target).decode("utf-16-be")
        return chr(code).encode("utf-16-be").hex().encode()

    def _mark_section(self, section: re.Match[bytes]) -> bytes:
        is_range = section[2] == b"range"
        pattern, change = (_RANGE, self._mark_range) if is_range else (_PAIR, self._mark_pair)
        return section[1] + pattern.sub(change, section[3]) + section[4]

    def _mark_pair(self, pair: re.Match[bytes]) -> bytes:
        private = self._private(_hex(pair[2]))
        return pair[0] if private is None else b"<%s> <%s>" % (pair[1], private)

    def _mark_range(self, found: re.Match[bytes]) -> bytes:
        first, last = int(_hex(found[1]), 16), int(_hex(found[2]), 16)
        if found[4] is not None:
            targets = [_hex(t) for t in re.findall(rb"<([0-9A-Fa-f\s]+)>", found[4])]
        elif last - first < 256:
            # The target's last unit counts up along the range.
            head, unit = _hex(found[3])[:-4], int(_hex(found[3])[-4:], 16)
            targets = [f"{head}{unit + i:04X}" for i in range(last - first + 1)]
        else:
            return found[0]
        marked = [self._private(t) or t.encode() for t in targets]
        return b"<%s> <%s> [%s]" % (found[1], found[2], b" ".join(b"<%s>" % m for m in marked))


def _hex(token: bytes) -> str:
    return re.sub(rb"\s", b"", token).decode("ascii").upper()


def _fonts(page: PageObject) -> list[DictionaryObject]:
    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else None
    fonts = resources.get("/Font") if isinstance(resources, DictionaryObject) else None
    fonts = fonts.get_object() if fonts is not None else None
    if not isinstance(fonts, DictionaryObject):
        return []
    found = [font.get_object() for font in fonts.values()]
    return [font for font in found if isinstance(font, DictionaryObject)]
