"""A law that cites an article of its own which it does not have is taken with a doubt."""

from __future__ import annotations

import pytest

from ingest.document import Description, LineKind, document_of
from ingest.splitters import split
from ingest.splitters.own_citations import doubted, strays
from search.citations import build_work_names
from search.model import Contribution

NAMES = build_work_names([])
WORK = Description("kw-law-1999-5", "statute", "ar", "official")
PLAIN = "على الناقل أن يحفظ دفتره خمس سنوات وأن يقدمه إلى المفتش."


def law(cites: str) -> Contribution:
    lines = [f"مادة {n}\n{cites if n == 3 else PLAIN}" for n in range(1, 10)]
    rows = [(line, None, LineKind.TEXT, None) for line in "\n".join(lines).split("\n")]
    return split(document_of(rows), WORK)


@pytest.mark.parametrize(
    ("cites", "cited"),
    [
        ("مع عدم الإخلال بحكم المادة 71 من هذا القانون يعاقب الناقل بالغرامة.", "art-71"),
        ("تسري على المخالف أحكام المادة (٨٢) من هذا القانون.", "art-82"),
        ("وفقاً لأحكام المادتين 4 و 17 من هذا القانون.", "art-17"),
    ],
)
def test_an_article_that_the_law_does_not_have_is_named(cites: str, cited: str) -> None:
    (stray,) = strays(law(cites), NAMES)
    assert (stray.article, stray.cited) == ("art-3", cited)


@pytest.mark.parametrize(
    "cites",
    [
        "مع عدم الإخلال بحكم المادة 7 من هذا القانون يعاقب الناقل بالغرامة.",
        "يعاقب وفقاً للمادة 71 من القانون رقم 16 لسنة 1960 المشار إليه.",
        "يؤدي الناقل 71 ديناراً خلال 90 يوماً.",
    ],
)
def test_own_articles_and_those_of_other_laws_are_no_doubt(cites: str) -> None:
    assert strays(law(cites), NAMES) == ()


def test_the_doubt_is_told_and_the_article_is_not_confirmed() -> None:
    description, contribution = doubted(WORK, law("وفقاً للمادة 71 من هذا القانون."), NAMES)
    assert not description.confirmed
    assert "art-71 (in art-3)" in description.reasons[-1]
    assert [e.unit for e in contribution.expressions if not e.confirmed] == ["kw-law-1999-5/art-3"]


def test_a_sound_law_stays_as_it_is() -> None:
    sound = law(PLAIN)
    assert doubted(WORK, sound, NAMES) == (WORK, sound)
