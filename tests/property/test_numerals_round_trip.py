"""Print numbers in words with a printer of our own, read them back: every value, every form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.text.fold import fold_text
from search.text.numerals import (
    cardinal_at,
    find_number,
    fold_digits,
    number_at,
    ordinal_at,
    parse_cardinal,
    parse_ordinal,
    parse_roman,
)

words = str.split

F_ORDINALS = words("الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة")
M_ORDINALS = words("الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر")
F_CARDINALS = words("واحدة اثنتان ثلاث أربع خمس ست سبع ثمان تسع عشر")
M_CARDINALS = words("واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة")
TENS = words("عشر ثلاث أربع خمس ست سبع ثمان تسع")
HUNDREDS = words("مائة مائتان ثلاثمائة أربعمائة خمسمائة ستمائة سبعمائة ثمانمائة تسعمائة")
EN_LOW = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
EN_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
EN_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

values = st.integers(1, 999)


def tens(value: int, oblique: bool) -> str:
    return TENS[value // 10 - 2] + ("ين" if oblique else "ون")


def hundreds(value: int, oblique: bool) -> str:
    word = HUNDREDS[value // 100 - 1]
    return "مائتين" if oblique and word == "مائتان" else word


def low_ordinal(value: int, feminine: bool, oblique: bool) -> str:
    units = F_ORDINALS if feminine else M_ORDINALS
    first = "الحادية" if feminine else "الحادي"
    if value <= 10:
        return units[value - 1]
    if value < 20:
        unit = first if value == 11 else units[value - 11]
        return f"{unit} {'عشرة' if feminine else 'عشر'}"
    if value % 10 == 0:
        return "ال" + tens(value, oblique)
    unit = first if value % 10 == 1 else units[value % 10 - 1]
    return f"{unit} وال{tens(value, oblique)}"


def arabic_ordinal(value: int, feminine: bool = True, oblique: bool = False) -> str:
    if value < 100:
        return low_ordinal(value, feminine, oblique)
    if value % 100 == 0:
        return "ال" + hundreds(value, oblique)
    hundred = hundreds(value - value % 100, oblique=True)
    return f"{low_ordinal(value % 100, feminine, oblique)} بعد ال{hundred}"


def low_cardinal(value: int, feminine: bool, oblique: bool) -> str:
    units = F_CARDINALS if feminine else M_CARDINALS
    if value <= 10:
        return units[value - 1]
    if value < 20:
        special = {11: "إحدى" if feminine else "أحد", 12: "اثنتا" if feminine else "اثنا"}
        unit = special.get(value, units[value - 11])
        if value == 18 and feminine:
            unit = "ثماني"
        return f"{unit} {'عشرة' if feminine else 'عشر'}"
    if value % 10 == 0:
        return tens(value, oblique)
    unit = units[value % 10 - 1]
    return f"{unit} و{tens(value, oblique)}"


def arabic_cardinal(value: int, feminine: bool = True, oblique: bool = False) -> str:
    if value < 100:
        return low_cardinal(value, feminine, oblique)
    head = hundreds(value, oblique)
    return head if value % 100 == 0 else f"{head} و{low_cardinal(value % 100, feminine, oblique)}"


def english_cardinal(value: int, joiner: str = " and ", hyphen: str = "-") -> str:
    if value >= 100:
        head = f"{EN_LOW[value // 100 - 1]} hundred"
        rest = value % 100
        return head + (joiner + english_cardinal(rest, joiner, hyphen) if rest else "")
    if value < 20:
        return EN_LOW[value - 1]
    head = EN_TENS[value // 10 - 2]
    return head + (hyphen + EN_LOW[value % 10 - 1] if value % 10 else "")


def english_ordinal(value: int, joiner: str = " and ", hyphen: str = "-") -> str:
    cardinal = english_cardinal(value, joiner, hyphen)
    cut = max(map(cardinal.rfind, " -–")) + 1
    head, last = cardinal[:cut], cardinal[cut:]
    if last in EN_IRREGULAR:
        return head + EN_IRREGULAR[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def test_every_arabic_ordinal_and_cardinal_to_350_reads_back_in_every_form() -> None:
    for value in range(1, 351):
        for feminine in (True, False):
            for oblique in (True, False):
                assert parse_ordinal(arabic_ordinal(value, feminine, oblique)) == value
                assert parse_cardinal(arabic_cardinal(value, feminine, oblique)) == value


@given(values, st.booleans(), st.booleans())
def test_arabic_words_read_back_in_the_usual_misspellings(
    value: int, feminine: bool, oblique: bool
) -> None:
    for printed, parse in (
        (arabic_ordinal(value, feminine, oblique), parse_ordinal),
        (arabic_cardinal(value, feminine, oblique), parse_cardinal),
    ):
        assert parse(printed) == value
        for right, usual in (("ة", "ه"), ("أ", "ا"), ("إ", "ا"), ("مائ", "مئ"), ("ى", "ي")):
            assert parse(printed.replace(right, usual)) == value, printed


@given(values, st.sampled_from([" and ", " "]), st.sampled_from(["-", " ", "–"]))
def test_english_words_read_back(value: int, joiner: str, hyphen: str) -> None:
    assert parse_cardinal(english_cardinal(value, joiner, hyphen)) == value
    assert parse_ordinal(english_ordinal(value, joiner, hyphen)) == value
    assert parse_ordinal(english_cardinal(value, joiner, hyphen)) is None


@given(values, values)
def test_two_numbers_joined_by_a_conjunction_stay_two(first: int, second: int) -> None:
    text = fold_text(f"المادتين {arabic_ordinal(first)} و{arabic_ordinal(second)}")
    found = find_number(text)
    assert found is not None
    tail = text[found.end :].removeprefix(" و")
    if tail != text[found.end :]:  # unless both together are one number: «الثانية والعشرون»
        following = ordinal_at(text, len(text) - len(tail))
        if found.value == first:
            assert following is not None
            assert following.value == second


@given(st.integers(1, 39))
def test_roman_numerals_read_back(value: int) -> None:
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    printed = "X" * (value // 10) + units[value % 10]
    assert parse_roman(printed) == value
    assert parse_roman(printed.lower()) == value


@given(st.text())
def test_folding_digits_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = fold_digits(text)
    assert len(folded) == len(text)
    assert fold_digits(folded) == folded


@given(
    st.text(alphabet="الأولىثنيةعشروبدم ائةonehundrdfitw-12٣٤ء", max_size=60), st.integers(-3, 70)
)
def test_reading_never_raises_and_offsets_lie_in_the_text(text: str, position: int) -> None:
    folded = fold_text(text)
    for read in (ordinal_at, cardinal_at, number_at):
        number = read(folded, max(position, 0))
        if number is not None:
            assert position <= number.start < number.end <= len(folded)
            assert number.value >= 0
    number = find_number(folded)
    assert number is None or 0 <= number.start < number.end <= len(folded)
