"""Papers open, read from right to left where they should, and say what they are."""

from __future__ import annotations

import io
import json
import re

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.service.asgi_client import Client
from tests.service.fake_distinction import FakeDistinctionService
from tests.service.test_distinguish_page import AID, FACTS, send
from web.app import create_app
from web.papers.pdf import printable

EDITION = "2026-11 (9f2c41d0)"


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(create_app(FakeDistinctionService(), "9.9.9"))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("form", ["json", "docx", "pdf"])
def test_a_paper_is_saved_not_shown(client: Client, language: str, form: str) -> None:
    answer = send(client, language, FACTS[language], paper=form)
    assert answer.status_code == 200
    disposition = answer.headers["content-disposition"]
    assert disposition == f'attachment; filename="tamyeez-distinction-{language}.{form}"'
    assert "private" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("paper", "facts", "status"), [("odt", "passport", 404), ("pdf", "", 422), ("json", "…", 400)]
)
def test_no_paper_is_made_of_nothing(client: Client, paper: str, facts: str, status: int) -> None:
    answer = send(client, "en", facts, paper=paper)
    assert answer.status_code == status
    assert "text/html" in answer.headers["content-type"]


def test_json_has_the_facts_its_offsets_count_in(client: Client) -> None:
    fields = (("strike", "0"), ("assume", "forced-work:no"))
    held = json.loads(send(client, "en", FACTS["en"], paper="json", fields=fields).content)
    assert held["notice"] == AID
    assert held["facts"] == FACTS["en"]
    assert held["what_if"] == {"strike": [0], "assume": {"forced-work": False}}
    assert held["distinction"]["edition"] == EDITION
    for each in held["distinction"]["findings"]:
        assert held["facts"][each["start"] : each["end"]] == each["text"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_word_reads_in_the_papers_direction(client: Client, language: str) -> None:
    fields = (("strike", "0"),)
    data = send(client, language, FACTS[language], paper="docx", fields=fields).content
    document = docx.Document(io.BytesIO(data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.sections[0].header.paragraphs[0].text == AID[language]
    assert EDITION in document.sections[0].footer.paragraphs[0].text
    assert FACTS[language] in text
    body = document.element.body
    for table in document.tables:
        marked = table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
        assert marked == (language == "ar")
    arabic = [p for p in body.iter(qn("w:p")) if re.search("[ء-ي]", "".join(p.itertext()))]
    assert arabic
    for paragraph in arabic:
        assert paragraph.find(f".//{qn('w:bidi')}") is not None
        assert paragraph.find(f".//{qn('w:rtl')}") is not None
    for run in body.iter(qn("w:r")):
        if re.search("[A-Za-z]", "".join(run.itertext())):
            assert run.find(f".//{qn('w:rtl')}") is None


def test_pdf_holds_arabic_in_logical_order(client: Client) -> None:
    data = send(client, "ar", FACTS["ar"], paper="pdf").content
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    text = " ".join(" ".join(pages).split())
    assert " ".join(FACTS["ar"].split()) in text
    assert "الاتجار بالأشخاص" in text
    assert "متحقق" in text
    assert all(AID["ar"] in " ".join(page.split()) for page in pages)


def test_pdf_names_edition_and_says_what_it_is(client: Client) -> None:
    data = send(client, "en", FACTS["en"], paper="pdf").content
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (AID["en"], EDITION, "Trafficking in persons", "15 years", "Papers kept"):
        assert words in text
    assert "What if he left?" in text
    fonts = {
        str(font["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].get_object().values()
        for font in [font.get_object()]
    }
    assert all("Amiri" in font for font in fonts)


def test_characters_the_face_lacks_are_replaced() -> None:
    assert printable("أ\u202eb\u0915c\td") == "أb?c d"
