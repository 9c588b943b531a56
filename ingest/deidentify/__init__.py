"""Take the names, numbers and addresses of persons out of a document before anything is stored.

    masker = Masker(document.text, Language.AR)
    masker.mask_document(document)      → «المجني عليها [المجني عليها ١]»

By lists of names (`words/`), by the words that announce a name, and by carrying a name once found
through the whole document. Knows neither catalogue nor index. `make eval-deidentify` measures it.
"""

from .masking import Masker

__all__ = ["Masker"]
