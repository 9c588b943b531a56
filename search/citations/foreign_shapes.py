"""Whether a word has the shape of a foreign place's name: «روريتانيا», "Wakanda"."""

from __future__ import annotations

from search.citations.place_words import MONTHS
from search.citations.vocabulary import ARTICLE, HEADS

_LONG = 5  # letters of a word that may be judged by its shape
_MANY_ALEFS = 3  # «كاراماند»; no native word without article has so many
# Of an Arabic word without article no native pattern ends so: «روريتانيا», «أوزلاند», «طوكيو».
_ENDINGS = ("لاند", "ستان", "لندا", "شاير")
_OWN_ENDINGS = ("ها", "هما", "كما", "ايا")  # «مادتها», «قضايا»
_NO_PLACES = {
    *("عضو", "عفو", "هذا", "ماذا", "بدلا", "وفقا", "طبقا", "تحديدا", "خصوصا", "حاليا", "سابقا"),
    *("ايضا", "تنفيذا", "اعمالا", "عملا", "استنادا", "شاملا", "كاملا", "معا", "ملغا", "لاحقا"),
}
# English words in "-a", "-o", "-ian" and the like are few; all other such words may name a place.
_EN_ENDINGS = ("a", "o", "ian", "ese", "stan", "stani", "land", "lands")
_NO_EN_PLACES = frozenset(
    {
        *("media", "data", "area", "visa", "agenda", "quota", "extra", "idea", "mafia", "militia"),
        *("criteria", "formula", "trauma", "sharia", "iqama", "kafala", "propaganda", "madda"),
        *("maddah", "addenda", "fatwa", "video", "photo", "ratio", "scenario", "casino", "memo"),
        *("embargo", "studio", "audio", "radio", "into", "onto", "also", "undergo", "guardian"),
        *("civilian", "custodian", "librarian", "pedestrian", "humanitarian", "christian"),
        *("technician", "physician", "politician", "asian", "comedian", "historian", "khadama"),
        *("electrician", "these", "those", "island", "homeland", "farmland", "etcetera"),
        *("pedophilia", "paedophilia", "encyclopedia", "wikipedia", "persona", "dilemma"),
        *("schema", "stigma", "dogma"),
    }
)


def looks_foreign(word: str) -> bool:
    """Whether a folded word may be a foreign name, by its letters alone."""
    if len(word) < _LONG - 1 or word in MONTHS or word in HEADS:
        return False
    return _is_english_place(word) if word.isascii() else _is_arabic_place(word)


def _is_english_place(word: str) -> bool:
    return len(word) >= _LONG and word.endswith(_EN_ENDINGS) and word not in _NO_EN_PLACES


def _is_arabic_place(word: str) -> bool:
    if word.startswith(ARTICLE) or word in _NO_PLACES:
        return False
    if word.endswith("و") or (len(word) > _LONG and word.endswith(_ENDINGS)):
        return True
    if word.endswith("ا"):
        return len(word) >= _LONG and not word.endswith(_OWN_ENDINGS)
    return word.removesuffix("ات").removesuffix("ان").count("ا") >= _MANY_ALEFS
