"""Case studies by page, API and command: what is sealed stays sealed, and names stay out."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import shutil
import typing
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import httpx
import pypdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import html

from search.casebook import CaseStudy, Draft, Said, Tongue, assemble, propose
from search.casebook import study as values
from search.model import Language
from search.opening import open_service
from search.service import SearchService
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.support import environment, tamyeez
from web.app import create_app
from web.case_study_files import Form, write_edition
from web.case_study_form import read_working_file
from web.cli.teaching import find_names
from web.papers.case_study import Edition

TOLD, CHANGED = "kw-training-0001-a", "kw-training-0001-b"
GUIDANCE = Said("إجابة المدرب السرية وحدها", "Only the trainer's own secret answer")
MARKS = {"ar": "واقعة تدريب خيالية", "en": "Fictional training matter"}


@pytest.fixture(scope="module")
def service(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    # A copy: one process opens an index at a time.
    home = tmp_path_factory.mktemp("cases") / "home"
    shutil.copytree(collection, home)
    opened = open_service(load_settings(environment(home)))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(service: SearchService) -> Client:
    return Client(create_app(service, "9.9.9", finder=find_names()))


@pytest.fixture(scope="module")
def reported(service: SearchService) -> str:
    """A reported matter of the small collection that has a disposition."""
    for work in service.judgments():
        sections = {section.kind for section, _ in service.judgment(work.id).sections}
        if "training" not in work.id and {"facts", "disposition"} <= sections:
            return work.id
    raise AssertionError("the small collection has no reported matter with a disposition")


def drafted(service: SearchService, *matters: str, tongue: Tongue = Tongue.BOTH) -> Draft:
    """Propose a study in which every question is asked and answered by the trainer."""
    draft = propose(service.case_material(matters), tongue)
    questions = tuple(
        dataclasses.replace(q, included=True, guidance=GUIDANCE) for q in draft.questions
    )
    return dataclasses.replace(draft, questions=questions)


def text_of(made: bytes, form: Form) -> str:
    """Return everything a reader of the file could find in it, on one line."""
    if form is Form.PDF:
        reader = pypdf.PdfReader(io.BytesIO(made))
        found = " ".join([*pages_of(made), *(page.extract_text() for page in reader.pages)])
        found += str(reader.metadata)
        found += str([item.title for item in flat(reader.outline)])
    elif form is Form.DOCX:
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        found = " ".join(re.sub("<[^>]+>", "", part) for part in parts) + " ".join(parts)
    else:
        found = made.decode()
    return " ".join(found.split())


def pages_of(made: bytes) -> list[str]:
    """Return the text of each page as a browser copies it, on one line."""
    with pypdfium2.PdfDocument(made) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def flat(outline: list[typing.Any]) -> Iterator[typing.Any]:
    for item in outline:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


def sealed_texts(study: CaseStudy) -> set[str]:
    """Return every text of the key that participants must not read."""
    found = {GUIDANCE.ar, GUIDANCE.en}
    for case in study.key.cases:
        found |= {case.matter, case.title.ar or "", case.title.en or ""}
        found |= {source.title for source in case.sources}
        for text in (case.outcome.disposition, case.outcome.reasons, *case.notes):
            found |= {text.ar, text.en}
        found |= {r.sentence.en or "" for r in case.outcome.rulings if r.sentence}
        for answer in case.answers:
            found |= {each.en or "" for each in answer.follow_up}
            found |= {each.label.en or "" for each in answer.provisions}
        for change in case.changes:
            found |= {change.reasons.ar, change.reasons.en}
            found |= {title.en or "" for title in change.titles}
    return {" ".join(text.split()) for text in found if len(text) > 3}


@pytest.mark.parametrize(
    ("form", "tongue"),
    [*((Form.JSON, t) for t in Tongue), *((Form.DOCX, t) for t in Tongue), (Form.PDF, Tongue.BOTH)],
)
def test_nothing_sealed_is_in_a_participant_edition(
    service: SearchService, reported: str, form: Form, tongue: Tongue
) -> None:
    draft = drafted(service, TOLD, reported, tongue=tongue)
    study = assemble(service.case_material(draft.matters), draft)
    sealed = sealed_texts(study)
    assert len(sealed) > 25

    def write(edition: Edition) -> str:
        return text_of(write_edition(study, draft, edition, form, Language.AR, "9"), form)

    handed, kept = write(Edition.PARTICIPANT), write(Edition.INSTRUCTOR)
    assert [text for text in sealed if text in handed] == []
    # The same search does find them where they belong.
    spoken = GUIDANCE.en if tongue is Tongue.EN else GUIDANCE.ar
    assert spoken in kept
    assert sum(text in kept for text in sealed) >= 5


def test_a_handout_has_no_field_that_could_hold_an_answer() -> None:
    forbidden = {values.Answer, values.Key, values.KeyCase, values.ChangeAnswer, values.Flip}
    seen: set[object] = set()
    waiting: list[object] = [values.Handout]
    while waiting:
        shape = waiting.pop()
        if shape in seen:
            continue
        seen.add(shape)
        waiting += typing.get_args(shape)
        if dataclasses.is_dataclass(shape) and isinstance(shape, type):
            waiting += typing.get_type_hints(shape).values()
    assert values.HandoutCase in seen
    assert not seen & forbidden


def test_the_outcome_is_told_to_participants_only_where_the_trainer_says_so(
    service: SearchService,
) -> None:
    draft = drafted(service, TOLD)
    shown = dataclasses.replace(draft, reveals=True)
    material = service.case_material(draft.matters)
    assert assemble(material, draft).handout.cases[0].outcome is None
    outcome = assemble(material, shown).handout.cases[0].outcome
    assert outcome is not None
    assert outcome.disposition.en.startswith("Convicted")
    made = write_edition(
        assemble(material, shown), shown, Edition.PARTICIPANT, Form.PDF, Language.EN, "9"
    )
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    told = ["Convicted of residency trading" in " ".join(p.extract_text().split()) for p in pages]
    assert told == [False] * (len(told) - 1) + [True]
    assert GUIDANCE.en not in text_of(made, Form.PDF)


def test_answers_rest_on_the_record_and_its_provisions(service: SearchService) -> None:
    draft = propose(service.case_material([TOLD]))
    (case,) = assemble(service.case_material([TOLD]), draft).key.cases
    by_text = {answer.question.text.en: answer for answer in case.answers}
    purpose = next(a for text, a in by_text.items() if "“Purpose of exploitation”" in text)
    assert [(f.label.en, f.finding) for f in purpose.findings] == [("exploitation", "not-found")]
    assert [ref.id for ref in purpose.provisions] == ["kw-law-2013-91/art-1"]
    (change,) = case.changes
    assert ("acquitted", "convicted") in [(f.told, f.changed) for f in change.charges]
    assert change.elements[0].label.en == "forced labour"
    assert "On arrival there was no work." in change.change.told.en
    assert "took their passports" in change.change.changed.en
    assert "promised them jobs" not in change.change.changed.en
    assert change.provisions


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("edition", list(Edition))
def test_every_page_says_what_it_is_and_reads_in_logical_order(
    service: SearchService, edition: Edition, language: str
) -> None:
    draft = drafted(service, TOLD, tongue=Tongue(language))
    study = assemble(service.case_material([TOLD]), draft)
    made = write_edition(study, draft, edition, Form.PDF, Language(language), "9")
    reader = pypdf.PdfReader(io.BytesIO(made))
    pages = pages_of(made)
    held = study.handout.edition
    assert held
    assert all(MARKS[language] in page for page in pages)
    assert all(held in page.extract_text() for page in reader.pages)
    stage = study.handout.cases[0].stages[0].text.of(Language(language))
    # Sums of money stand where they are read, among Arabic words too.
    assert "1500 دينار" in stage or "KD 1,500" in stage
    assert stage.split(".")[0] in " ".join(pages)
    headings = [item.title for item in flat(reader.outline)]
    assert len(headings) >= len(study.handout.cases[0].questions)


@pytest.mark.parametrize("first", list(Language))
def test_both_languages_stand_side_by_side(service: SearchService, first: Language) -> None:
    draft = drafted(service, TOLD)
    study = assemble(service.case_material([TOLD]), draft)
    stage = study.handout.cases[0].stages[0].text
    pdf = write_edition(study, draft, Edition.PARTICIPANT, Form.PDF, first, "9")
    text = " ".join(pages_of(pdf))
    assert stage.ar.split(".")[0] in text  # a column is whole, not mixed with the other
    assert stage.en in text
    word = write_edition(study, draft, Edition.PARTICIPANT, Form.DOCX, first, "9")
    document = docx.Document(io.BytesIO(word))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == stage.of(first))
    assert (table._tbl.tblPr.find(qn("w:bidiVisual")) is not None) == (first is Language.AR)
    for cell in table.rows[0].cells:
        marked = cell.paragraphs[0]._p.find(f".//{qn('w:bidi')}") is not None
        assert marked == bool(re.search("[ء-ي]", cell.text))
    assert any(p.style.name == "Heading 2" for p in document.paragraphs)


def test_a_working_file_goes_on_where_it_was_left(service: SearchService, client: Client) -> None:
    draft = drafted(service, TOLD, CHANGED)
    study = assemble(service.case_material(draft.matters), draft)
    saved = write_edition(study, draft, Edition.INSTRUCTOR, Form.JSON, Language.AR, "9")
    assert read_working_file(saved) == draft
    page = html.fromstring(post(client, "/en/case-studies/open", [], file=saved).text)
    assert page.xpath("//input[starts-with(@name, 'matter.')]/@value") == [TOLD, CHANGED]
    assert GUIDANCE.en in page.xpath("//textarea[@name='guidance-en.0']")[0].text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe", "no working file"),
        (b"[]", "no working file"),
        (b'{"format": "tamyeez/case-study", "version": 2, "draft": {}}', "no working file"),
        (b'{"format": "tamyeez/case-study", "version": 1, "draft": {"x": 1}}', "no working file"),
        (b'{"format": "tamyeez/case-study", "version": 1}', "participant edition"),
        (b"[" * 100_000, "no working file"),
    ],
)
def test_another_file_is_refused_in_a_sentence(client: Client, data: bytes, says: str) -> None:
    answer = post(client, "/en/case-studies/open", [], file=data)
    assert answer.status_code == 400
    assert says in html.fromstring(answer.text).xpath("string(//*[@role='alert'])")


def post(
    client: Client,
    path: str,
    fields: list[tuple[str, str]],
    file: bytes | None = None,
    **headers: str,
) -> httpx.Response:
    """Send a form as a browser does."""
    parts: list[tuple[str, typing.Any]] = [(n, (None, v.encode())) for n, v in fields]
    if file is not None:
        parts.append(("file", ("study.json", file)))
    request = httpx.Request("POST", "http://test/", files=parts)
    request.read()
    return client.request(
        "POST", path, request.content, content_type=request.headers["content-type"], **headers
    )


def fields_of(page: html.HtmlElement) -> list[tuple[str, str]]:
    """Return what a browser would send of the builder's form, but for the button."""
    form = page.xpath("//form[@id='case-form']")[0]
    return [(name, value) for name, value in form.form_values() if name != "action"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_form_alone_carries_the_study(client: Client, language: str) -> None:
    base = f"/{language}/case-studies"
    chosen = client.get(f"{base}?element=deception&matter={TOLD}")
    page = html.fromstring(chosen.text)
    assert page.xpath("//input[@name='matter'][@checked]/@value") == [TOLD]
    page = html.fromstring(client.get(f"{base}/new?matter={TOLD}").text)
    fields = dict(fields_of(page))
    fields["facts-ar.0"] = fields["facts-ar.0"].replace("\n\n", " ")
    fields["facts-en.0"] = fields["facts-en.0"].replace("\n\n", " ")
    page = html.fromstring(
        post(client, f"{base}/draft", [*fields.items(), ("action", f"add:{TOLD}")]).text
    )
    again = dict(fields_of(page))
    assert "own-1" in again.values()
    assert "\n\n" not in again["facts-ar.0"].strip()
    made = post(client, f"{base}/file", [*again.items(), ("action", "instructor.json")])
    assert made.status_code == 200
    assert "attachment" in made.headers["content-disposition"]
    stages = json.loads(made.content)["study"]["cases"][0]["stages"]
    assert [stage["kind"] for stage in stages] == ["facts"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_name_in_the_trainers_words_stops_the_export(client: Client, language: str) -> None:
    base = f"/{language}/case-studies"
    fields = dict(fields_of(html.fromstring(client.get(f"{base}/new?matter={TOLD}").text)))
    fields["guidance-ar.0"] = "قال المتهم خالد العنزي ذلك، وهاتفه 99887766."
    fields["facts-en.0"] += "\n\nThe worker called 55667788."
    fields["facts-ar.0"] += "\n\nواتصل العامل."
    answer = post(client, f"{base}/file", [*fields.items(), ("action", "participant.pdf")])
    assert answer.status_code == 400
    assert "text/html" in answer.headers["content-type"]
    page = html.fromstring(answer.text)
    listed = [" ".join(li.text_content().split()) for li in page.xpath("//*[@role='alert']//li")]
    assert any("99887766" in line for line in listed)
    assert any("خالد العنزي" in line for line in listed)
    assert any("55667788" in line and ("stage 3" in line or "المرحلة ٣" in line) for line in listed)
    assert "99887766" in fields_of(page)[0][1] or "99887766" in str(fields_of(page))


def test_without_a_finder_no_changed_text_is_exported(service: SearchService) -> None:
    client = Client(create_app(service, "9.9.9"))
    fields = dict(
        fields_of(html.fromstring(client.get(f"/en/case-studies/new?matter={TOLD}").text))
    )
    untouched = post(
        client, "/en/case-studies/file", [*fields.items(), ("action", "participant.json")]
    )
    assert untouched.status_code == 200
    fields["title-en"] = "My own study"
    answer = post(
        client, "/en/case-studies/file", [*fields.items(), ("action", "participant.json")]
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("facts-en.0", "One stage alone.", "2 stages in Arabic and 1 in English"),
        ("facts-en.0", "word " * 900, "4,499 characters and may have 4,000"),
        ("facts-ar.0", "\n\n".join("abcdefghijklmn"), "too many stages"),
    ],
)
def test_what_is_too_much_or_uneven_is_said(
    client: Client, field: str, value: str, says: str
) -> None:
    fields = dict(
        fields_of(html.fromstring(client.get(f"/en/case-studies/new?matter={TOLD}").text))
    )
    fields[field] = value
    answer = post(client, "/en/case-studies/file", [*fields.items(), ("action", "participant.pdf")])
    assert answer.status_code == 400
    assert says in html.fromstring(answer.text).xpath("string(//*[@role='alert'])")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/case-studies/new", 400),
        ("/en/case-studies/new?matter=kw-1999-nothing-01", 404),
        ("/en/case-studies/new?matter=../etc", 400),
        ("/ar/case-studies?offence=trafficking&training=yes", 200),
        ("/ar/case-studies?element=no-such-thing", 200),
    ],
)
def test_choosing_answers_everything(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert bool(html.fromstring(answer.text).xpath("//*[@role='alert']")) == (status != 200)


def test_a_form_of_another_site_is_refused(client: Client) -> None:
    for place in ("open", "draft", "file"):
        answer = post(
            client, f"/en/case-studies/{place}", [("tongue", "ar")], origin="http://evil.example"
        )
        assert answer.status_code == 403


def ask(client: Client, body: object) -> httpx.Response:
    return client.request(
        "POST", "/api/case-studies", json.dumps(body).encode(), content_type="application/json"
    )


def test_the_api_builds_what_the_command_builds(client: Client, home: Path, tmp_path: Path) -> None:
    answer = ask(client, {"matters": [TOLD], "tongue": "en", "edition": "instructor"})
    assert answer.status_code == 200
    by_api = answer.json()
    out = tmp_path / "study.json"
    done = tamyeez(
        home, "case-study", TOLD, "--edition", "instructor", "--format", "json",
        "--language", "en", "--out", str(out),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text("utf-8")) == by_api
    assert by_api["draft"]["cases"][0]["matter"] == TOLD
    paper = tmp_path / "again.pdf"
    done = tamyeez(home, "case-study", "--draft", str(out), "--format", "pdf", "--out", str(paper))
    assert done.returncode == 0, done.stderr
    assert paper.read_bytes().startswith(b"%PDF")
    again = ask(client, {"draft": by_api["draft"], "edition": "participant", "format": "docx"})
    assert again.status_code == 200
    assert again.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"matters": ["kw-1999-nothing-01"]}, 404),
        ({"matters": [TOLD], "edition": "both"}, 422),
        ({"matters": [TOLD] * 7}, 422),
        ({"matters": [TOLD], "colour": "red"}, 422),
    ],
)
def test_the_api_refuses_in_its_own_shape(client: Client, body: object, status: int) -> None:
    answer = ask(client, body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "detail"}


def test_the_api_names_what_it_refuses(client: Client) -> None:
    draft = ask(client, {"matters": [TOLD], "edition": "instructor"}).json()["draft"]
    draft["questions"][0]["guidance"]["en"] = "The officer called 55667788."
    answer = ask(client, {"draft": draft})
    assert answer.status_code == 400
    assert "55667788" in answer.json()["detail"]
    assert "case 1, answer 1, en" in answer.json()["detail"]


def test_the_command_refuses_in_one_line(home: Path, tmp_path: Path) -> None:
    for arguments, code in (
        (("--out", "x.pdf"), 2),
        (("kw-1999-nothing-01", "--out", str(tmp_path / "x")), 1),
        (("--draft", str(tmp_path / "none.json"), "--out", "x"), 1),
        ((TOLD, "--format", "json", "--out", str(tmp_path / "no" / "folder")), 1),
    ):
        done = tamyeez(home, "case-study", *arguments)
        assert done.returncode == code
        assert len(done.stderr.strip().splitlines()) == 1
