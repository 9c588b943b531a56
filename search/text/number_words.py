"""The number words of Arabic and English, as folded text spells them (`search.text.fold`).

Both genders and both cases; without the article and the conjunction.
"""

from __future__ import annotations


def _numbered(words: str, first: int, step: int = 1, endings: str = "-") -> dict[str, int]:
    """Number the words; `endings` are added to each, "-" meaning the word as it stands."""
    return {
        word + ending.strip("-"): first + step * place
        for place, word in enumerate(words.split())
        for ending in endings.split()
    }


AR_AFTER = "بعد"  # «الحادية والأربعون بعد المائة»
AR_TEN = frozenset({"عشر", "عشره"})  # second word of 11 to 19

AR_UNIT_ORDINALS = {
    **dict.fromkeys(("اول", "اولي", "حادي", "حاديه", "واحد", "واحده"), 1),
    "ثان": 2,
    **_numbered("ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر", 2, endings="- ه"),
}
AR_UNIT_CARDINALS = {
    **dict.fromkeys(("واحد", "واحده", "احد", "احدي"), 1),
    **_numbered("اثنا اثنتا", 2, 0, endings="- ن"),
    **_numbered("اثني اثنتي", 2, 0, endings="- ن"),
    **_numbered("ثلاث اربع خمس ست سبع ثماني تسع عشر", 3, endings="- ه"),
    "ثمان": 8,
}
AR_TENS = _numbered("عشر ثلاث اربع خمس ست سبع ثمان تسع", 20, 10, endings="ون ين")
AR_ONE_HUNDRED = frozenset({"مائه", "مئه", "مايه", "ميه"})
AR_HUNDREDS = {
    **dict.fromkeys(AR_ONE_HUNDRED, 100),
    **{
        stem + end: 200 for stem in ("مائت", "مئت", "مايت", "ميت") for end in ("ان", "ين", "ا", "ي")
    },
    **{
        unit + hundred: value * 100
        for unit, value in AR_UNIT_CARDINALS.items()
        if 3 <= value <= 9
        for hundred in AR_ONE_HUNDRED
    },
}
AR_ADVERBS = _numbered("اولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا", 1)

EN_CARDINAL_LOW = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    1,
)
EN_ORDINAL_LOW = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
    1,
)
EN_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
EN_ORDINAL_TENS = {word[:-1] + "ieth": value for word, value in EN_TENS.items()}
