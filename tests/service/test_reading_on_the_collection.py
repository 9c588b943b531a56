"""Facets, spelling, definitions and likeness over the small real collection: service and pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

from search.errors import BadRequest
from search.facets import TRAITS
from search.model import Filters, Kind, Language, Query
from search.opening import open_service
from search.service import SearchService
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.support import environment
from web.app import create_app

LAW = "kw-law-2013-91"


@pytest.fixture(scope="module")
def service(collection: Path) -> Iterator[SearchService]:
    service = open_service(load_settings(environment(collection)))
    service.warm_up()
    yield service
    service.close()


@pytest.fixture(scope="module")
def client(service: SearchService) -> Client:
    return Client(create_app(service, "9.9.9"))


def test_every_result_of_a_narrowed_search_has_the_trait(service: SearchService) -> None:
    for trait in TRAITS:
        counts = service.search(Query("trafficking of a worker for exploitation")).facets[trait]
        for value in list(counts)[:2]:
            limited = Filters(traits=((trait, value),))
            found = service.search(Query("trafficking of a worker", limited, limit=100))
            assert found.total >= 1, (trait, value)
            assert found.facets[trait][value] == found.total, (trait, value)


def test_acquittals_are_found_and_are_matters(service: SearchService) -> None:
    found = service.search(Query("استغلال", Filters(traits=(("outcome", "acquitted"),)), limit=50))
    assert found.hits
    for hit in found.hits:
        assert hit.kind is Kind.JUDGMENT
        outcomes = {c.outcome for c in service.judgment(hit.id).judgment.charges}
        assert "acquitted" in outcomes


def test_a_trait_that_nothing_has_finds_nothing(service: SearchService) -> None:
    found = service.search(Query("trafficking", Filters(traits=(("court", "no-such-court"),))))
    assert (found.hits, found.total) == ((), 0)
    cited = Query("م ٢ ق ٩١ لسنة ٢٠١٣", Filters(traits=(("outcome", "acquitted"),)))
    assert all(hit.kind is Kind.JUDGMENT for hit in service.search(cited).hits)


def test_there_are_no_other_traits(service: SearchService) -> None:
    with pytest.raises(BadRequest):
        service.search(Query("trafficking", Filters(traits=(("victim", "x"),))))


def test_a_misspelt_query_is_answered_and_offered_right(client: Client) -> None:
    answer = client.get("/api/search?q=human%20traficking").json()
    assert answer["did_you_mean"] == "human trafficking"
    assert answer["results"]
    page = html.fromstring(client.get("/en/?q=human%20traficking&kind=statute").text)
    (link,) = page.xpath("//p[contains(@class, 'meant')]/a/@href")
    assert link == "/en/?q=human+trafficking&kind=statute"
    assert client.get("/api/search?q=human%20trafficking").json()["did_you_mean"] is None


def test_defined_terms_and_citations_are_marked_in_place(service: SearchService) -> None:
    view = service.provision(f"{LAW}/art-2")
    for expression in view.expressions:
        marks = view.annotations[expression.id]
        said = {expression.text[m.start : m.end]: m for m in marks}
        assert all(a.end <= b.start for a, b in pairwise(marks))
        group = {Language.AR: "جماعة إجرامية منظمة", Language.EN: "organized criminal group"}
        mark = said[group[expression.language]]
        assert mark.target == f"{LAW}/art-1/def-2"
        assert mark.told
        assert mark.told.startswith(group[expression.language])
        article = {Language.AR: "المادة 1", Language.EN: "article 1"}[expression.language]
        assert said[article].target == f"{LAW}/art-1"


def test_the_defining_article_does_not_lead_to_itself(service: SearchService) -> None:
    view = service.provision(f"{LAW}/art-1")
    targets = {mark.target for marks in view.annotations.values() for mark in marks}
    assert not any(target.startswith(f"{LAW}/art-1") for target in targets)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_definition_is_told_without_scripts(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/laws/{LAW}/art-2").text)
    for link in page.xpath("//span[@class='defined']/a"):
        (told,) = page.xpath("//*[@id=$id]", id=link.get("aria-describedby"))
        assert told.get("role") == "tooltip"
        assert link.get("href").startswith(f"/{language}/laws/{LAW}/art-1#def-")
    assert len(page.xpath("//span[@role='tooltip']")) >= 4


def test_a_day_and_a_kind_of_text_are_kept_from_page_to_page(client: Client) -> None:
    page = html.fromstring(client.get(f"/en/laws/{LAW}/art-2?as_at=2020-01-01").text)
    for link in [*page.xpath("//ol[@class='contents']//a"), *page.xpath("//a[@data-step]")]:
        assert link.get("href").endswith("?as_at=2020-01-01")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_training_matter_is_set_by_its_opposite(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/matters/kw-training-0001-a").text)
    links = page.xpath("//section[@aria-labelledby='contrary']//li/a/@href")
    assert f"/{language}/matters/kw-training-0001-b" in links


def test_references_are_given_as_files(client: Client) -> None:
    unit = quote(f"{LAW}/art-2", safe="")
    for form, begins in (("bib", "@misc{"), ("csl.json", "["), ("ris", "TY  - STAT")):
        answer = client.get(f"/api/reference?id={unit}&format={form}&lang=ar")
        assert answer.text.startswith(begins)
        assert f".{form}" in answer.headers["content-disposition"]
        assert "المادة 2" in answer.text
    assert client.get("/api/reference?id=kw-law-1900-1/art-1").status_code == 404
    assert client.get(f"/api/reference?id={unit}&format=docx").status_code == 422


STORY = {
    Language.AR: (
        "أخذ صاحب المنزل جواز العاملة عند وصولها وأقفل عليها الباب ليلا وشغلها في أربعة بيوت "
        "بلا أجر، وكلما طلبت الرجوع إلى أهلها هددها ببلاغ تغيب"
    ),
    Language.EN: (
        "He took the woman's passport on arrival, locked her in at night and made her work in four "
        "houses without pay; when she asked to leave he threatened to report her as absconding"
    ),
}


@pytest.mark.parametrize("language", list(Language))
def test_a_story_is_shown_what_its_facts_may_be(
    service: SearchService, client: Client, language: Language
) -> None:
    found = service.search(Query(STORY[language]))
    reached = {hit.id: hit.why.offence for hit in found.hits if hit.why.offence}
    assert reached[f"{LAW}/art-2"].offence == "trafficking"
    page = html.fromstring(client.get(f"/{language}/?q={quote(STORY[language])}").text)
    said = [" ".join(why.text_content().split()) for why in page.xpath("//dl[@class='why']")]
    words = {"ar": "قد تندرج الوقائع المروية تحت", "en": "Facts as told may be"}[language]
    assert sum(words in why for why in said) == len(reached)


def test_a_short_query_is_not_read_as_facts(service: SearchService) -> None:
    found = service.search(Query("passport kept by the employer"))
    assert found.hits
    assert [hit.why.offence for hit in found.hits if hit.why.offence] == []
