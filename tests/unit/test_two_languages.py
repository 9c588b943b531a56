"""One file with a law in two languages gives two texts, or none: never one that mixes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Description, Document
from ingest.files import Options
from ingest.preparing import Job, Known, Prepared, Refused, prepare
from ingest.private import FileNames
from ingest.readers import read
from ingest.splitters import split
from ingest.two_languages import taken_apart, with_other_language
from search.citations import build_work_names
from search.errors import Unreadable
from search.model import Language
from tests.reader_files import docx, paragraph

AR = "على الناقل أن يحفظ دفتر النقل خمس سنوات وأن يقدمه إلى المفتش متى طلبه."
EN = "The carrier shall keep the transport book for five years and show it on request."
WORK = Description("kw-law-1999-5", "statute", "ar", "official")


def arabic(last: int = 4) -> list[str]:
    return [
        "قانون رقم 5 لسنة 1999",
        *(x for n in range(1, last + 1) for x in (f"مادة {n}", f"{AR} {n}.")),
    ]


def english(last: int = 4) -> list[str]:
    return [
        "Law No. 5 of 1999",
        *(x for n in range(1, last + 1) for x in (f"Article {n}", f"{EN} {n}.")),
    ]


def page(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "law.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return path


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def table() -> str:
    rows = zip(english(), arabic(), strict=True)
    cells = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in rows)
    return f"<table>{cells}</table>"


def texts(path: Path) -> dict[tuple[str, str], str]:
    known = Known.of([])
    done = prepare(Job(path, Options(), FileNames(str(path), path.name)), known)
    assert isinstance(done, Prepared), done
    return {
        (e.unit.rpartition("/")[2], e.language.value): e.text for e in done.contribution.expressions
    }


def layouts() -> dict[str, str]:
    pairs = zip(arabic(), english(), strict=True)
    return {
        "one after the other": paragraphs(arabic() + english()),
        "by turns": paragraphs([line for pair in pairs for line in pair]),
        "in a table": table(),
    }


@pytest.mark.parametrize("layout", layouts())
def test_a_page_in_two_languages_gives_two_texts_of_each_article(
    tmp_path: Path, layout: str
) -> None:
    found = texts(page(tmp_path, layouts()[layout]))
    for number in range(1, 5):
        assert found[f"art-{number}", "ar"] == f"{AR} {number}."
        assert found[f"art-{number}", "en"] == f"{EN} {number}."


def test_a_word_file_in_two_languages_too(tmp_path: Path) -> None:
    path = tmp_path / "law.docx"
    path.write_bytes(docx("".join(paragraph(line) for line in arabic() + english())))
    assert texts(path)["art-3", "en"] == f"{EN} 3."


def test_different_articles_are_refused_by_name(tmp_path: Path) -> None:
    path = page(tmp_path, paragraphs(arabic(5) + english(4)))
    done = prepare(Job(path, Options(), FileNames(str(path), path.name)), Known.of([]))
    assert isinstance(done, Refused)
    assert done.reason == "mixed-language"
    assert "art-5" in done.sentence


@pytest.mark.parametrize("language", list(Language))
def test_the_language_a_person_names_is_kept_alone(tmp_path: Path, language: Language) -> None:
    document = read(page(tmp_path, paragraphs(arabic() + english())))
    kept, other = taken_apart(document, language)
    assert other is None
    assert (AR in kept.text, EN in kept.text) == (language is Language.AR, language is Language.EN)


def test_foreign_terms_stay_in_their_text(tmp_path: Path) -> None:
    lines = arabic()
    lines.insert(3, "غسل الأموال (Money Laundering)")
    lines.insert(4, "Article 5 FATF")
    document = read(page(tmp_path, paragraphs(lines)))
    assert taken_apart(document) == (document, None)


def test_where_persons_are_masked_two_languages_are_refused(tmp_path: Path) -> None:
    document: Document = read(page(tmp_path, paragraphs(arabic() + english())))
    first, second = taken_apart(document)
    assert second is not None
    names = build_work_names([])
    with pytest.raises(Unreadable, match="masked"):
        with_other_language(split(first, WORK), WORK, second, names, "law.html", True)
