"""Reference formats, tables and linked data: complete, escaped, honest about authority."""

from __future__ import annotations

import csv
import io
import json

import pytest

from search.model import Authority, Language
from tests.service.fake_service import HOSTILE, JUDGMENTS, LAW, PROVISIONS, FakeService
from web.exports import reference, tables
from web.exports.linked_data import provision_data, script
from web.exports.reference import Format

AR, EN = Language.AR, Language.EN
URL = "https://law.example/en/laws/kw-law-2013-91/art-2"
PROVISION = PROVISIONS["kw-law-2013-91/art-2"][0]


def cited(language: Language = EN) -> reference.Cited:
    return reference.cite_as(PROVISION, LAW, Authority.DIGEST, language, URL)


def test_bibtex_escapes_what_tex_would_read() -> None:
    matter = JUDGMENTS["kw-2030-sample-villa-01"][0]
    made = reference.cite_matter(matter, EN, "https://law.example/a_b")
    hostile = reference.Cited(**{**_fields(made), "title": "50% of {A} & B_c \\input#"})
    written = reference.write(hostile, Format.BIBTEX).decode()
    assert "title = {50\\% of \\{A\\} \\& B\\_c \\textbackslash{}input\\#}," in written
    assert "url = {https://law.example/a_b}," in written
    assert written.startswith("@misc{kw-2030-sample-villa-01,\n")
    assert written.endswith("}\n")


def test_csl_is_a_list_of_one_with_its_date_in_parts() -> None:
    (item,) = json.loads(reference.write(cited(AR), Format.CSL))
    assert item["type"] == "legislation"
    assert item["title"] == "المادة 2، القانون رقم 91 لسنة 2013"
    assert item["issued"] == {"date-parts": [[2013, 3, 17]]}
    assert "ليس النص الرسمي" in item["note"]


def test_ris_has_a_tag_a_line_and_ends() -> None:
    lines = reference.write(cited(), Format.RIS).decode().split("\r\n")
    assert lines[0] == "TY  - STAT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert "N1  - Digest in Tamyeez’s words, not the official text" in lines


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("authority", Authority)
def test_every_format_says_what_the_text_is(form: Format, authority: Authority) -> None:
    made = reference.cite_as(PROVISION, LAW, authority, AR, URL)
    assert made.note in reference.write(made, form).decode()
    assert ("ليس" in made.note) is (authority not in (Authority.OFFICIAL, Authority.TRAINING))


def test_no_cell_of_a_table_is_a_formula() -> None:
    written = tables.write_csv([("=1+1", "@x", "-3", 5, 'a "b", c')]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(written))) == ["'=1+1", "'@x", "'-3", "5", 'a "b", c']


def test_tables_have_a_row_for_each_provision_and_matter() -> None:
    service = FakeService()
    laws = [service.instrument(work) for work in ("kw-law-2013-91", "kw-law-2099-7")]
    rows = list(tables.provision_rows(laws))
    assert rows[0] == tables.PROVISION_COLUMNS
    assert {len(row) for row in rows} == {len(tables.PROVISION_COLUMNS)}
    by_id = {row[0]: row for row in rows}
    assert by_id.keys() >= PROVISIONS.keys()
    assert by_id["kw-law-2013-91/art-13"][-2] == "struck:part"
    matters = list(tables.matter_rows(service.matters()))
    assert {len(row) for row in matters} == {len(tables.MATTER_COLUMNS)}
    assert len(matters) == 1 + len(JUDGMENTS)


def test_a_digest_is_given_as_a_work_about_the_law_not_as_its_text() -> None:
    data = provision_data(FakeService().provision("kw-law-2013-91/art-2"), "https://x/ar/laws")
    assert data["@type"] == "Legislation"
    assert "encoding" not in data
    assert [each["@type"] for each in data["subjectOf"]] == ["CreativeWork", "CreativeWork"]
    assert all("not the text" in each["disambiguatingDescription"] for each in data["subjectOf"])


def test_official_text_and_translation_are_told_apart() -> None:
    data = provision_data(FakeService().provision("kw-law-2099-7/art-1"), "https://x/ar/laws")
    official, translation = data["encoding"]
    assert official["legislationLegalValue"].endswith("UnofficialLegalValue")  # it is a copy
    assert "translationOfWork" not in official
    assert translation["translationOfWork"] == {"@id": data["@id"]}
    assert len(data["subjectOf"]) == 2


def test_only_what_has_ended_is_said_of_force() -> None:
    service = FakeService()
    struck = provision_data(service.provision("kw-law-2013-91/art-13"), "https://x")
    assert struck["legislationLegalForce"] == "https://schema.org/PartiallyInForce"
    assert "legislationLegalForce" not in provision_data(
        service.provision("kw-law-2013-91/art-2"), "https://x"
    )


def test_data_in_a_page_cannot_end_its_element() -> None:
    written = script({"text": HOSTILE + "</script><!--\u2028"})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["text"] == HOSTILE + "</script><!--\u2028"


def _fields(value: reference.Cited) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}
