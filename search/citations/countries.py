"""Countries whose laws share names with Kuwait's, and how a text names them.

A law named together with one of these is that country's: "the Egyptian Labour Law" is never ours.
"""

from __future__ import annotations

from search.citations.lexer import Gap, Tokens
from search.citations.place_words import ALSO, BETWEEN, MAX_BETWEEN, PAIRS
from search.citations.vocabulary import COMMAS, DASHES

# code: Arabic name, Arabic adjective (masculine), English names and adjectives
COUNTRIES = {
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
    "za": ("افريقيا", "افريقي", "africa african"),
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
    "al": ("البانيا", "الباني", "albania albanian"),
    "bg": ("بلغاريا", "بلغاري", "bulgaria bulgarian"),
    "rs": ("صربيا", "صربي", "serbia serbian"),
    "hr": ("كرواتيا", "كرواتي", "croatia croatian"),
    "ba": ("البوسنه", "بوسني", "bosnia bosnian"),
    "mk": ("مقدونيا", "مقدوني", "macedonia macedonian"),
    "si": ("سلوفينيا", "سلوفيني", "slovenia slovenian"),
    "sk": ("سلوفاكيا", "سلوفاكي", "slovakia slovak"),
    "cz": ("التشيك", "تشيكي", "czechia czech"),
    "hu": ("المجر", "مجري", "hungary hungarian"),
    "md": ("مولدوفا", "مولدوفي", "moldova moldovan"),
    "by": ("بيلاروسيا", "بيلاروسي", "belarus belarusian"),
    "lt": ("ليتوانيا", "ليتواني", "lithuania lithuanian"),
    "lv": ("لاتفيا", "لاتفي", "latvia latvian"),
    "ee": ("استونيا", "استوني", "estonia estonian"),
    "fi": ("فنلندا", "فنلندي", "finland finnish"),
    "is": ("ايسلندا", "ايسلندي", "iceland icelandic"),
    "lu": ("لوكسمبورغ", "لوكسمبورغي", "luxembourg luxembourgish"),
    "mt": ("مالطا", "مالطي", "malta maltese"),
    "ge": ("جورجيا", "جورجي", "georgia georgian"),
    "am": ("ارمينيا", "ارميني", "armenia armenian"),
    "az": ("اذربيجان", "اذربيجاني", "azerbaijan azerbaijani"),
    "kz": ("كازاخستان", "كازاخستاني", "kazakhstan kazakh"),
    "uz": ("اوزبكستان", "اوزبكي", "uzbekistan uzbek"),
    "kg": ("قيرغيزستان", "قيرغيزي", "kyrgyzstan kyrgyz"),
    "tj": ("طاجيكستان", "طاجيكي", "tajikistan tajik"),
    "tm": ("تركمانستان", "تركماني", "turkmenistan turkmen"),
    "mn": ("منغوليا", "منغولي", "mongolia mongolian"),
    "mv": ("المالديف", "مالديفي", "maldives maldivian"),
    "bn": ("بروناي", "بروني", "brunei bruneian"),
    "tw": ("تايوان", "تايواني", "taiwan taiwanese"),
    "dj": ("جيبوتي", "جيبوتي", "djibouti djiboutian"),
    "km": ("القمر", "قمري", "comoros comorian"),
    "ne": ("النيجر", "نيجري", "niger nigerien"),
    "td": ("تشاد", "تشادي", "chad chadian"),
    "cm": ("الكاميرون", "كاميروني", "cameroon cameroonian"),
    "ci": ("العاج", "ايفواري", "ivory ivorian"),
    "bf": ("بوركينا", "بوركيني", "burkina burkinabe"),
    "gn": ("غينيا", "غيني", "guinea guinean"),
    "gm": ("غامبيا", "غامبي", "gambia gambian"),
    "sl": ("سيراليون", "سيراليوني", "leone leonean"),
    "lr": ("ليبيريا", "ليبيري", "liberia liberian"),
    "tg": ("توغو", "توغولي", "togo togolese"),
    "ga": ("الغابون", "غابوني", "gabon gabonese"),
    "cd": ("الكونغو", "كونغولي", "congo congolese"),
    "bi": ("بوروندي", "بوروندي", "burundi burundian"),
    "ao": ("انغولا", "انغولي", "angola angolan"),
    "zm": ("زامبيا", "زامبي", "zambia zambian"),
    "bw": ("بوتسوانا", "بوتسواني", "botswana botswanan"),
    "na": ("ناميبيا", "ناميبي", "namibia namibian"),
    "mz": ("موزمبيق", "موزمبيقي", "mozambique mozambican"),
    "mu": ("موريشيوس", "موريشي", "mauritius mauritian"),
    "sc": ("سيشل", "سيشلي", "seychelles seychellois"),
    "co": ("كولومبيا", "كولومبي", "colombia colombian"),
    "pe": ("بيرو", "بيروفي", "peru peruvian"),
    "cl": ("تشيلي", "تشيلي", "chile chilean"),
    "ve": ("فنزويلا", "فنزويلي", "venezuela venezuelan"),
    "ec": ("الاكوادور", "اكوادوري", "ecuador ecuadorian"),
    "bo": ("بوليفيا", "بوليفي", "bolivia bolivian"),
    "py": ("باراغواي", "باراغواي", "paraguay paraguayan"),
    "uy": ("اوروغواي", "اوروغواي", "uruguay uruguayan"),
    "cu": ("كوبا", "كوبي", "cuba cuban"),
    "jm": ("جامايكا", "جامايكي", "jamaica jamaican"),
    "ht": ("هايتي", "هايتي", "haiti haitian"),
    "pa": ("بنما", "بنمي", "panama panamanian"),
    "cr": ("كوستاريكا", "كوستاريكي", "rica rican"),
    "gt": ("غواتيمالا", "غواتيمالي", "guatemala guatemalan"),
    "hn": ("هندوراس", "هندوراسي", "honduras honduran"),
    "sv": ("السلفادور", "سلفادوري", "salvador salvadoran"),
    "ni": ("نيكاراغوا", "نيكاراغوي", "nicaragua nicaraguan"),
    "fj": ("فيجي", "فيجي", "fiji fijian"),
    "au": ("استراليا", "استرالي", "australia australian"),
}
_FEDERAL = {"اتحادي": "ae", "الاتحادي": "ae", "federal": "ae"}


def _placed(name: str) -> tuple[str, ...]:
    """Return a name with the prepositions it can bear: «مصر», «بمصر», «للعراق»."""
    joined = "لل" + name[2:] if name.startswith("ال") else "ل" + name
    return (name,) if name.isascii() else (name, "ب" + name, "ل" + name, joined)


def _words() -> dict[str, str]:
    words = dict(_FEDERAL)
    for code, names in ALSO.items():
        words |= {form: code for name in names for form in _placed(name)}
    for code, (name, adjective, english) in COUNTRIES.items():
        forms = [adjective, "ال" + adjective, adjective + "ه", "ال" + adjective + "ه"]
        forms += _placed(name)
        for form in (*forms, *english.split()):
            words[form] = code
    return words


COUNTRY_WORDS = _words()


def country_after(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read a country at or shortly after tokens[at]: «القطري», "of Qatar", "(Kuwait)"."""
    place = at
    while place < at + MAX_BETWEEN and _leads_on(tokens, place):
        place += 1
    place += place == at and _is_apart(tokens, at)
    pair = PAIRS.get((tokens[place].text, tokens[place + 1].text))
    code = pair or COUNTRY_WORDS.get(tokens[place].text)
    if _is_language(tokens, place) or any(tokens[i].gap > Gap.LINE for i in range(at, place + 1)):
        return None
    if code is None:
        return None
    place += 2 if pair else 1
    if tokens[place].text == "arabia":
        place += 1
    bracketed = any(tokens[index].text == "(" for index in range(at, place))
    return code, place + 1 if bracketed and tokens[place].text == ")" else place


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Whether the word at tokens[at] may stand between a law and its country."""
    pair = (tokens[at].text, tokens[at + 1].text)
    return tokens[at].text in BETWEEN and pair not in PAIRS


def is_name(tokens: Tokens, at: int) -> bool:
    """Whether a country's name, no adjective, stands at tokens[at]: «مصر», «بمصر», "Egypt"."""
    text = tokens[at].text
    joined = text[:1] in ("ب", "ل") and (text[1:] in _NAMES or "ال" + text[2:] in _NAMES)
    return text in _NAMES or joined or (text, tokens[at + 1].text) in PAIRS


def _is_apart(tokens: Tokens, at: int) -> bool:
    """Whether a country's name stands between marks: "Labour Law, Qatar"."""
    named = tokens[at].text in COMMAS | DASHES and tokens[at + 1].text in _NAMES
    return named and not tokens[at + 2].is_word


def _is_language(tokens: Tokens, at: int) -> bool:
    """Whether a text is spoken of: "Law 91 of 2013 in English", "… English translation"."""
    language = tokens[at].text in _ADJECTIVES and tokens[at - 1].text == "in"
    return language or tokens[at].text == "english" or tokens[at + 1].text in _RENDERINGS


POSSESSIVE = frozenset({"s", "'", "’", "-", "anti", "counter"})  # "Kenya's Counter-Trafficking Act"
_BEFORE_NAME = POSSESSIVE | {":", "federal", "arabia"}


def country_before(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Read a country just before tokens[at]: "Qatari", "Kuwait's", "UAE Federal"."""
    place = at - 1
    while tokens[place].text in _BEFORE_NAME and place > at - 5:
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
_ADJECTIVES = frozenset(word for *_, names in COUNTRIES.values() for word in names.split()[1:])
_ADJECTIVES -= {"emirates", "ksa", "turkiye", "britain", "burma", "california", "texas"}
_NAMES = (
    frozenset(name for name, *_ in COUNTRIES.values())
    | frozenset().union(*ALSO.values())
    | {
        word
        for *_, names in COUNTRIES.values()
        for word in names.split()
        if word not in _ADJECTIVES
    }
)
_ENGLISH = frozenset(word for _, _, names in COUNTRIES.values() for word in names.split())
