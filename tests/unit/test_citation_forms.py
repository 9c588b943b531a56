"""Every way of writing a citation that we know of, in tables and in combinations.

citation_forms_*.tsv: text, expected ids in order ("?a,b" ambiguous with these choices, "-"
unknown), and the cited texts where they are not the whole text. citation_negatives.txt: texts in
which nothing may resolve.
"""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.bundle_schema import RegisterFile
from search.citations import WorkNames, build_work_names, find_citations
from search.citations.countries import COUNTRIES
from search.model import Bilingual, Instrument, Kind
from search.results import Citation, CitationStatus

HERE = Path(__file__).parent
REGISTER = HERE.parents[1] / "corpus" / "register.yaml"


@cache
def names() -> WorkNames:
    register = RegisterFile.model_validate(yaml.safe_load(REGISTER.read_text(encoding="utf-8")))
    return build_work_names(
        Instrument(
            id=entry.id,
            kind=Kind(entry.kind),
            title=Bilingual(entry.title.ar, entry.title.en),
            jurisdiction=entry.jurisdiction,
            number=entry.number,
            year=entry.year,
            aliases=entry.aliases_ar + entry.aliases_en,
        )
        for entry in register.instruments
    )


def shown(citation: Citation) -> str:
    if citation.status is CitationStatus.RESOLVED:
        return citation.provision or citation.instrument or ""
    return "?" + ",".join(citation.choices) if citation.choices else "-"


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_enough_forms_are_in_the_tables(language: str) -> None:
    texts = [row[0] for row in rows(f"citation_forms_{language}.tsv")]
    assert len(set(texts)) == len(texts)
    assert len(texts) >= 400


@pytest.mark.parametrize("row", rows("citation_forms_ar.tsv") + rows("citation_forms_en.tsv"))
def test_written_form(row: list[str]) -> None:
    text, expected, *spans = row
    found = find_citations(text, names())
    assert " ".join(map(shown, found)) == expected
    cited = spans[0].split(" | ") if spans else [text] * len(found)
    assert [citation.text for citation in found] == cited


@pytest.mark.parametrize("text", [row[0] for row in rows("citation_negatives.txt")])
def test_nothing_resolves_in(text: str) -> None:
    found = find_citations(text, names())
    assert [c for c in found if c.status is CitationStatus.RESOLVED] == []


AR_ARTICLES = {
    f"{head}{number}": path
    for head in ("المادة ", "مادة ", "م ", "م. ", "للمادة ", "والمادة ")
    for number, path in (
        ("2", "art-2"),
        ("٢", "art-2"),
        ("(٢)", "art-2"),
        ("الثانية", "art-2"),
        ("الحادية عشرة", "art-11"),
        ("الثانية والعشرون", "art-22"),
        ("١٣٨", "art-138"),
        ("24 مكرر", "art-24-bis"),
        ("٢٤ مكرراً (أ)", "art-24-bis-a"),
        ("13 فقرة 2", "art-13/par-2"),
        ("13 الفقرة الثانية", "art-13/par-2"),
        ("1 بند 4", "art-1/pt-4"),
    )
}
AR_LAWS = {
    "القانون رقم 91 لسنة 2013": "kw-law-2013-91",
    "القانون رقم (٩١) لسنة ٢٠١٣": "kw-law-2013-91",
    "ق ٩١ لسنة ٢٠١٣": "kw-law-2013-91",
    "ق 91/2013": "kw-law-2013-91",
    "قانون الاتجار بالأشخاص": "kw-law-2013-91",
    "قانون الجزاء": "kw-law-1960-16",
    "قانون الجزاء رقم 16 لسنة 1960": "kw-law-1960-16",
    "قانون الإجراءات والمحاكمات الجزائية": "kw-law-1960-17",
    "القانون رقم 6 لسنة 2010 في شأن العمل في القطاع الأهلي": "kw-law-2010-6",
    "المرسوم بقانون رقم 114 لسنة 2024": "kw-decree-law-2024-114",
    "مرسوم بقانون ١١٤/٢٠٢٤": "kw-decree-law-2024-114",
    "الدستور": "kw-constitution-1962",
    "بروتوكول باليرمو": "un-protocol-2000-trafficking",
    "اتفاقية العمل الدولية رقم 29": "ilo-c029",
}
EN_ARTICLES = {
    f"{head}{number}": path
    for head in ("article ", "Article ", "art. ", "art ", "ARTICLE ")
    for number, path in (
        ("2", "art-2"),
        ("(2)", "art-2"),
        ("two", "art-2"),
        ("twenty-one", "art-21"),
        ("138", "art-138"),
        ("24 bis", "art-24-bis"),
        ("24-bis", "art-24-bis"),
        ("24 bis (a)", "art-24-bis-a"),
        ("13(2)", "art-13/par-2"),
        ("13 para 2", "art-13/par-2"),
        ("3(1)(b)", "art-3/par-1/pt-b"),
        ("1, item 4", "art-1/pt-4"),
    )
}
EN_LAWS = {
    "Law 91/2013": "kw-law-2013-91",
    "Law No. 91 of 2013": "kw-law-2013-91",
    "law no 91 for the year 2013": "kw-law-2013-91",
    "L. 91/2013": "kw-law-2013-91",
    "Anti-Trafficking Law": "kw-law-2013-91",
    "Penal Code": "kw-law-1960-16",
    "Penal Code (Law No. 16 of 1960)": "kw-law-1960-16",
    "Code of Criminal Procedure": "kw-law-1960-17",
    "Labour Law No. 6 of 2010": "kw-law-2010-6",
    "Decree-Law 114/2024": "kw-decree-law-2024-114",
    "decree law no. 114 of 2024": "kw-decree-law-2024-114",
    "Constitution": "kw-constitution-1962",
    "Palermo Protocol": "un-protocol-2000-trafficking",
    "Convention No. 29": "ilo-c029",
    "C029": "ilo-c029",
}


@pytest.mark.parametrize(
    ("articles", "laws", "after", "before"),
    [
        (AR_ARTICLES, AR_LAWS, (" من ", " ", "، ", " - "), (" ", "، ")),
        (EN_ARTICLES, EN_LAWS, (" of ", " of the ", ", ", " "), (" ", ", ", ": ")),
    ],
    ids=["ar", "en"],
)
def test_every_article_form_with_every_law_form(
    articles: dict[str, str],
    laws: dict[str, str],
    after: tuple[str, ...],
    before: tuple[str, ...],
) -> None:
    wrong: list[str] = []
    tried = confident = 0
    for (article, path), (law, work) in itertools.product(articles.items(), laws.items()):
        texts = [article + link + law for link in after]
        # A conjunction begins something new; it never leads back to the law before.
        texts += [law + link + article for link in before if not article.startswith("وال")]
        for text in texts:
            tried += 1
            found = find_citations(text, names())
            if [shown(citation) for citation in found] != [f"{work}/{path}"]:
                wrong.append(text)
                confident += any(c.provision and c.provision != f"{work}/{path}" for c in found)
    print(f"{tried - len(wrong)} of {tried} resolved; {confident} confidently wrong")
    assert confident == 0, wrong[:20]
    assert tried >= 3000
    assert wrong == []


OLD, NEW = "kw-decree-1959-17", "kw-decree-law-2024-114"


def found_in(text: str) -> list[str]:
    return [shown(citation) for citation in find_citations(text, names())]


@pytest.mark.parametrize(
    "name",
    [
        "قانون إقامة الأجانب",
        "قانون الإقامة",
        "مرسوم إقامة الأجانب",
        "Law on Residence of Foreigners",
        "Law on the Residence of Foreigners",
        "Residence of Foreigners Law",
        "Foreigners' Residence Law",
        "Residence of Aliens Law",
        "Residence Law",
    ],
)
def test_the_residence_laws_share_their_names(name: str) -> None:
    assert found_in(name) == [f"?{NEW},{OLD}"]


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("قانون إقامة الأجانب رقم 114 لسنة 2024", NEW),
        ("قانون إقامة الأجانب رقم 17 لسنة 1959", OLD),
        ("مرسوم إقامة الأجانب الجديد", NEW),
        ("قانون إقامة الأجانب القديم", OLD),
        ("Law on Residence of Foreigners No. 114 of 2024", NEW),
        ("Law on Residence of Foreigners No. 17 of 1959", OLD),
        ("Residence of Foreigners Law, 2024", NEW),
        ("Law on the Residence of Foreigners of 1959", OLD),
    ],
)
def test_a_number_or_a_date_tells_the_residence_laws_apart(text: str, work: str) -> None:
    assert found_in(text) == [work]


FOREIGN = [code for code in COUNTRIES if code != "kw"]


@pytest.mark.parametrize("code", FOREIGN)
def test_the_law_of_another_country_is_never_kuwaits(code: str) -> None:
    arabic, adjective, english = COUNTRIES[code]
    texts = [
        form.format(arabic, adjective)
        for form in (
            "المادة 5 من قانون العمل ال{1}",
            "قانون الجزاء ال{1} المادة 5",
            "م 5 قانون الاتجار بالبشر في {0}",
            "المادة 5 من قانون الأحداث ب{0}",
            "المادة 5 من قانون الطفل، {0}",
        )
    ]
    for word in english.split():
        said = word.upper() if len(word) < 4 else word.title()
        texts += [
            f"{said} Labour Law article 5",
            f"{said}'s Anti-Trafficking Law, art. 5",
            f"{said} Counter-Trafficking in Persons Act section 5",
            f"article 5 of the {said} Penal Code",
        ]
    for text in texts:
        found = [citation.provision or "" for citation in find_citations(text, names())]
        assert not any(provision.startswith("kw-") for provision in found), text


INVENTED = [
    ("روريتانيا", "Ruritania"),
    ("واكاندا", "Wakanda"),
    ("أوزلاند", "Ozland"),
    ("زمبولستان", "Zembolistan"),
    ("كاراماند", "Caramandia"),
    ("بوردورا", "Bordura"),
]


@pytest.mark.parametrize(("arabic", "english"), INVENTED)
def test_the_law_of_an_invented_country_is_never_kuwaits(arabic: str, english: str) -> None:
    texts = [
        form.format(arabic)
        for form in (
            "المادة 5 من قانون العمل في {}",
            "المادة 5 من قانون الجزاء بجمهورية {}",
            "قانون الأحداث لدى دولة {} المادة 5",
            "م 5 قانون الاتجار بالبشر ({})",
            "قانون الطفل المعمول به في {}",
            "قانون العمل المادة 5 في {}",
            "في {}، المادة 5 من قانون العمالة المنزلية",
        )
    ]
    texts += [
        form.format(name)
        for name in (english, english.lower())
        for form in (
            "article 5 of the Labour Law in {}",
            "article 5 of the Penal Code of {}",
            "Anti-Trafficking Law ({}), art. 5",
            "{}'s Juvenile Law, article 5",
            "{} Labour Law article 5",
            "the Penal Code as applied in {}",
            "Labour Law article 5 in {}",
            "In {}, article 5 of the Domestic Workers Law",
            "Labour Law of the Kingdom of {}",
        )
    ]
    wrong = [
        text
        for text in texts
        for citation in find_citations(text, names())
        if citation.status is CitationStatus.RESOLVED
    ]
    assert wrong == []
