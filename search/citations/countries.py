"""Countries whose laws share names with Kuwait's, and how a text names them.

A law named together with one of these is that country's: "the Egyptian Labour Law" is never ours.
"""

from __future__ import annotations

from search.citations.lexer import Gap, Tokens

# code: Arabic name, Arabic adjective (masculine), English names and adjectives
_COUNTRIES = {
    "kw": ("الكويت", "كويتي", "kuwait kuwaiti"),
    "qa": ("قطر", "قطري", "qatar qatari"),
    "ae": ("الامارات", "اماراتي", "uae emirates emirati"),
    "sa": ("السعوديه", "سعودي", "saudi ksa"),
    "bh": ("البحرين", "بحريني", "bahrain bahraini"),
    "om": ("عمان", "عماني", "oman omani"),
    "eg": ("مصر", "مصري", "egypt egyptian"),
    "jo": ("الاردن", "اردني", "jordan jordanian"),
    "lb": ("لبنان", "لبناني", "lebanon lebanese"),
    "sy": ("سوريا", "سوري", "syria syrian"),
    "iq": ("العراق", "عراقي", "iraq iraqi"),
    "ye": ("اليمن", "يمني", "yemen yemeni"),
    "dz": ("الجزائر", "جزائري", "algeria algerian"),
    "ma": ("المغرب", "مغربي", "morocco moroccan"),
    "tn": ("تونس", "تونسي", "tunisia tunisian"),
    "ly": ("ليبيا", "ليبي", "libya libyan"),
    "sd": ("السودان", "سوداني", "sudan sudanese"),
    "ps": ("فلسطين", "فلسطيني", "palestine palestinian"),
    "ir": ("ايران", "ايراني", "iran iranian"),
    "tr": ("تركيا", "تركي", "turkey turkish turkiye"),
    "in": ("الهند", "هندي", "india indian"),
    "pk": ("باكستان", "باكستاني", "pakistan pakistani"),
    "bd": ("بنغلاديش", "بنغلاديشي", "bangladesh bangladeshi"),
    "lk": ("سريلانكا", "سريلانكي", "lanka lankan"),
    "np": ("نيبال", "نيبالي", "nepal nepali nepalese"),
    "ph": ("الفلبين", "فلبيني", "philippines philippine filipino"),
    "id": ("اندونيسيا", "اندونيسي", "indonesia indonesian"),
    "et": ("اثيوبيا", "اثيوبي", "ethiopia ethiopian"),
    "ke": ("كينيا", "كيني", "kenya kenyan"),
    "gh": ("غانا", "غاني", "ghana ghanaian"),
    "ng": ("نيجيريا", "نيجيري", "nigeria nigerian"),
    "mg": ("مدغشقر", "مدغشقري", "madagascar malagasy"),
    "my": ("ماليزيا", "ماليزي", "malaysia malaysian"),
    "th": ("تايلاند", "تايلاندي", "thailand thai"),
    "vn": ("فيتنام", "فيتنامي", "vietnam vietnamese"),
    "cn": ("الصين", "صيني", "china chinese"),
    "jp": ("اليابان", "ياباني", "japan japanese"),
    "fr": ("فرنسا", "فرنسي", "france french"),
    "de": ("المانيا", "الماني", "germany german"),
    "it": ("ايطاليا", "ايطالي", "italy italian"),
    "es": ("اسبانيا", "اسباني", "spain spanish"),
    "ch": ("سويسرا", "سويسري", "switzerland swiss"),
    "be": ("بلجيكا", "بلجيكي", "belgium belgian"),
    "nl": ("هولندا", "هولندي", "netherlands dutch"),
    "ru": ("روسيا", "روسي", "russia russian"),
    "gb": ("بريطانيا", "بريطاني", "uk britain british english"),
    "us": ("امريكا", "امريكي", "usa american california texas"),
    "ca": ("كندا", "كندي", "canada canadian"),
    "sg": ("سنغافوره", "سنغافوري", "singapore singaporean"),
    "af": ("افغانستان", "افغاني", "afghanistan afghan"),
    "mm": ("ميانمار", "ميانماري", "myanmar burma burmese"),
    "ug": ("اوغندا", "اوغندي", "uganda ugandan"),
    "tz": ("تنزانيا", "تنزاني", "tanzania tanzanian"),
    "rw": ("رواندا", "رواندي", "rwanda rwandan"),
    "so": ("الصومال", "صومالي", "somalia somali"),
    "er": ("اريتريا", "اريتري", "eritrea eritrean"),
    "mr": ("موريتانيا", "موريتاني", "mauritania mauritanian"),
    "sn": ("السنغال", "سنغالي", "senegal senegalese"),
    "mw": ("ملاوي", "ملاوي", "malawi malawian"),
    "zw": ("زيمبابوي", "زيمبابوي", "zimbabwe zimbabwean"),
    "za": ("جنوب افريقيا", "جنوب افريقي", "africa african"),
    "gr": ("اليونان", "يوناني", "greece greek"),
    "cy": ("قبرص", "قبرصي", "cyprus cypriot"),
    "il": ("اسرائيل", "اسرائيلي", "israel israeli"),
    "ua": ("اوكرانيا", "اوكراني", "ukraine ukrainian"),
    "pl": ("بولندا", "بولندي", "poland polish"),
    "ro": ("رومانيا", "روماني", "romania romanian"),
    "se": ("السويد", "سويدي", "sweden swedish"),
    "no": ("النرويج", "نرويجي", "norway norwegian"),
    "dk": ("الدنمارك", "دنماركي", "denmark danish"),
    "ie": ("ايرلندا", "ايرلندي", "ireland irish"),
    "pt": ("البرتغال", "برتغالي", "portugal portuguese"),
    "at": ("النمسا", "نمساوي", "austria austrian"),
    "br": ("البرازيل", "برازيلي", "brazil brazilian"),
    "mx": ("المكسيك", "مكسيكي", "mexico mexican"),
    "ar": ("الارجنتين", "ارجنتيني", "argentina argentine"),
    "nz": ("نيوزيلندا", "نيوزيلندي", "zealand"),
    "kr": ("كوريا", "كوري", "korea korean"),
    "kh": ("كمبوديا", "كمبودي", "cambodia cambodian"),
    "au": ("استراليا", "استرالي", "australia australian"),
}
_FEDERAL = {"اتحادي": "ae", "الاتحادي": "ae", "federal": "ae"}


def _words() -> dict[str, str]:
    words = dict(_FEDERAL)
    for code, (name, adjective, english) in _COUNTRIES.items():
        forms = [name, adjective, "ال" + adjective, adjective + "ه", "ال" + adjective + "ه"]
        forms += ["ب" + name, "ل" + name, "لل" + name[2:] if name.startswith("ال") else "ل" + name]
        for form in (*forms, *english.split()):
            words[form] = code
    return words


COUNTRY_WORDS = _words()
_BETWEEN = frozenset({"of", "in", "the", "state", "kingdom", "(", "في", "دوله", "بدوله", "لدوله"})


def country_after(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read a country at or shortly after tokens[at]: «القطري», "of Qatar", "(Kuwait)"."""
    place = at
    while place < at + 4 and tokens[place].text in _BETWEEN:
        place += 1
    code = COUNTRY_WORDS.get(tokens[place].text)
    if _is_language(tokens, place) or any(tokens[i].gap > Gap.LINE for i in range(at, place + 1)):
        return None
    if code is None:
        return None
    place += 1
    if tokens[place].text == "arabia":
        place += 1
    bracketed = any(tokens[index].text == "(" for index in range(at, place))
    return code, place + 1 if bracketed and tokens[place].text == ")" else place


def _is_language(tokens: Tokens, at: int) -> bool:
    """Whether a text is spoken of: "Law 91 of 2013 in English", "… English translation"."""
    language = tokens[at].text in _ADJECTIVES and tokens[at - 1].text == "in"
    return language or tokens[at].text == "english" or tokens[at + 1].text in _RENDERINGS


def country_before(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read a country just before tokens[at]: "Qatari", "Kuwait's", "UAE Federal"."""
    place = at - 1
    while tokens[place].text in ("s", "'", "’", ":", "federal") and place > at - 4:
        place -= 1
    if initials := _initials_before(tokens, at):
        return initials
    code = COUNTRY_WORDS.get(tokens[place].text)
    if code is None or tokens[place].text not in _ENGLISH:
        federal = tokens[at - 1].text == "federal"
        return ("ae", at - 1) if federal else None
    return code, place


_INITIALS = {"us": "us", "uk": "gb", "uae": "ae", "ksa": "sa"}


def _initials_before(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read "U.S.", "US" in capitals; "us" is a pronoun."""
    place = at - 1
    if tokens[place].text == ".":
        while tokens[place].text == "." and len(tokens[place - 1].text) == 1 and place > at - 8:
            place -= 2
        first, code = place + 1, "".join(t.text for t in tokens.items[place + 1 : at : 2])
    else:
        first, code = place, tokens[place].text
    if code not in _INITIALS or first < 0:
        return None
    start, end = tokens.span(first, at)
    return (_INITIALS[code], first) if tokens.source[start:end].isupper() else None


_RENDERINGS = frozenset({"translation", "version", "language", "text"})
_ADJECTIVES = frozenset(word for *_, names in _COUNTRIES.values() for word in names.split()[1:])
_ADJECTIVES -= {"emirates", "ksa", "turkiye", "britain", "burma", "california", "texas"}
_ENGLISH = frozenset(word for _, _, names in _COUNTRIES.values() for word in names.split())
