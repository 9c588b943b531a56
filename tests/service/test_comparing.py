"""Compare, ladder and radar over the collection: service, API and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

from search.comparison import Component, Staleness
from search.errors import BadIdentifier, BadRequest, NotHeld, QueryTooLong
from search.model import Language
from search.opening import open_service
from search.service import SearchService
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.support import environment
from web.app import create_app

LEFT, RIGHT = "kw-law-2013-91/art-1", "un-protocol-2000-trafficking/art-3"
DIGEST = {
    "ar": "ملخص بصياغتنا — ليس النص الرسمي",
    "en": "Digest in our words — not the official text",
}


@pytest.fixture(scope="module")
def service(collection: Path) -> Iterator[SearchService]:
    service = open_service(load_settings(environment(collection)))
    yield service
    service.close()


@pytest.fixture(scope="module")
def client(service: SearchService) -> Client:
    return Client(create_app(service, "9.9.9"))


def test_law_and_treaty_share_components(service: SearchService) -> None:
    answer = service.compare(LEFT, RIGHT, Language.EN)
    rows = {row.component: row for row in answer.rows}
    assert {"deception", "fraud"} <= {ref.id for ref in rows[Component.MEANS].both}
    assert {"forced-labour"} <= {ref.id for ref in rows[Component.PURPOSE].both}
    assert answer.wording is not None
    assert answer.wording.language is Language.EN
    for side in (answer.left, answer.right):
        assert all(side.text[s.start : s.end] == s.text for s in side.sentences)


def test_a_side_may_be_a_citation(service: SearchService) -> None:
    answer = service.compare("م ٢ ق ٩١ لسنة ٢٠١٣", "art 3 law 91/2013")
    assert (answer.left.id, answer.right.id) == (
        "kw-law-2013-91/art-2",
        "kw-law-2013-91/art-3",
    )


def test_two_texts_of_one_provision_are_compared_by_their_own_words(
    service: SearchService,
) -> None:
    answer = service.compare(f"{LEFT}@ar.digest", f"{LEFT}@en.digest")
    assert answer.wording is None
    assert answer.left.penalties == answer.right.penalties == ()
    assert not any(mark.tagged for of in answer.left.marks.values() for mark in of)


def test_a_clause_is_compared_without_what_is_said_of_its_article(service: SearchService) -> None:
    answer = service.compare(f"{LEFT}/def-4", f"{LEFT}/def-5", Language.EN)
    assert answer.left.expression is not None
    assert len(answer.left.text) < len(answer.left.expression.text) / 2
    assert answer.left.penalties == ()


@pytest.mark.parametrize(
    ("left", "right", "error", "side"),
    [
        (LEFT, LEFT, BadRequest, "right"),
        (LEFT, f"{LEFT}@ar.digest", BadRequest, "right"),
        ("nonsense", RIGHT, BadRequest, "left"),
        (LEFT, "law 91/2013", BadRequest, "right"),
        (LEFT, "arts 2 and 3 of law 91/2013", BadRequest, "right"),
        (LEFT, "kw-law-2013-91/art-999", NotHeld, "right"),
        (LEFT, f"{LEFT}/def-99", NotHeld, "right"),
        (LEFT, f"{LEFT}@en.official", NotHeld, "right"),
        (LEFT, f"{LEFT}@xx", BadIdentifier, "right"),
        ("x" * 301, RIGHT, QueryTooLong, "left"),
    ],
)
def test_what_cannot_be_compared_says_which_side(
    service: SearchService, left: str, right: str, error: type[Exception], side: str
) -> None:
    with pytest.raises(error) as raised:
        service.compare(left, right)
    assert raised.value.details["side"] == side  # type: ignore[attr-defined]


def test_the_ladder_keeps_to_the_offences_chosen(service: SearchService) -> None:
    whole = service.penalty_ladder()
    assert whole.total == len(whole.rungs) > 10
    chosen = service.penalty_ladder(offences=["residency-trading"])
    assert 0 < chosen.total < whole.total
    one = service.penalty_ladder(provisions=["kw-law-2013-91/art-2"], limit=1)
    assert one.rungs[0].penalty.imprisonment is not None
    assert one.rungs[0].penalty.imprisonment.death
    assert (len(one.rungs), one.total > 1) == (1, True)


def test_the_ladder_refuses_what_is_not_held(service: SearchService) -> None:
    with pytest.raises(NotHeld):
        service.penalty_ladder(offences=["no-such-offence"])
    with pytest.raises(NotHeld):
        service.penalty_ladder(provisions=["kw-law-2013-91/art-999"])
    with pytest.raises(BadIdentifier):
        service.penalty_ladder(provisions=["nonsense"])
    with pytest.raises(BadRequest):
        service.penalty_ladder(limit=0)


def test_every_stale_reference_has_its_evidence(service: SearchService) -> None:
    answer = service.stale_references()
    assert answer.references
    for found in answer.references:
        assert found.tagged or found.in_texts
        assert found.state is not Staleness.CLAIMED or found.by is not None
    assert service.stale_references() is answer  # read once


@pytest.mark.parametrize("language", ["ar", "en"])
def test_both_sides_say_that_they_are_digests(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/compare?left={LEFT}&right={RIGHT}")
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    sides = page.xpath("//article[@class='side']")
    assert len(sides) == 2
    assert all(DIGEST[language] in side.text_content() for side in sides)
    assert page.xpath("//*[contains(@class, 'text-official')]") == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("place", ["compare", "penalties", "stale", f"compare?left={LEFT}"])
def test_every_page_answers(client: Client, language: str, place: str) -> None:
    answer = client.get(f"/{language}/{place}")
    page = html.fromstring(answer.text)
    assert answer.status_code == 200
    assert len(page.xpath("//h1")) == 1
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_says_which_side_is_wrong_and_escapes_it(client: Client) -> None:
    hostile = quote('"><script>alert(1)</script>')
    answer = client.get(f"/en/compare?left={LEFT}&right={hostile}")
    page = html.fromstring(answer.text)
    assert answer.status_code == 400
    assert page.xpath("//input[@aria-invalid]/@name") == ["right"]
    assert "<script>alert" not in answer.text
    assert client.get(f"/ar/compare?left={LEFT}&right=kw-law-2013-91/art-999").status_code == 404


def test_the_provision_offers_to_be_compared(client: Client) -> None:
    page = html.fromstring(client.get("/ar/laws/kw-law-2013-91/art-2").text)
    assert page.xpath("//a[contains(@href, '/ar/compare?left=kw-law-2013-91%2Fart-2')]")


def test_the_api_gives_what_the_service_says(client: Client, service: SearchService) -> None:
    answer = client.get(f"/api/compare?left={LEFT}&right={RIGHT}&lang=en").json()
    rows = service.compare(LEFT, RIGHT, Language.EN).rows
    assert [row["component"] for row in answer["rows"]] == [row.component for row in rows]
    assert answer["left"]["expression"]["authority"] == "digest"
    ladder = client.get("/api/penalties?offence=residency-trading&limit=1").json()
    assert ladder["rungs"][0]["penalty"]["offence"] == "residency-trading"
    assert client.get("/api/stale-references").json()["references"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/compare?left=a", 422, "invalid-parameter"),
        (f"/api/compare?left={LEFT}&right={LEFT}", 400, "bad-request"),
        (f"/api/compare?left={LEFT}&right=kw-law-2013-91/art-999", 404, "not-held"),
        ("/api/penalties?offence=no-such-offence", 404, "not-held"),
        ("/api/penalties?limit=0", 422, "invalid-parameter"),
        ("/api/penalties?" + "&offence=theft" * 21, 422, "invalid-parameter"),
    ],
)
def test_a_failure_has_its_status_and_code(
    client: Client, address: str, status: int, code: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
