"""A legislative drafter tests a draft article, in a real browser, in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import overflow

pytestmark = pytest.mark.browser

DRAFT = {
    "ar": "المادة ٤\nيعاقب بالحبس خمس سنوات كل من جند شخصاً بالخداع بقصد استغلاله في السخرة.\n"
    "ولا يخل ذلك بالمادة ٢٤ من المرسوم رقم ١٧ لسنة ١٩٥٩.",
    "en": "Article 4\nWhoever recruits a person by deception in order to exploit that person in "
    "forced labour is punished with imprisonment for five years.\n"
    "This is without prejudice to article 24 of Decree 17/1959.",
}
AGAINST = "kw-law-2013-91/art-2\nkw-law-2013-91/art-3"
WORDS = {
    "ar": {
        "read": "اقرأ المسودة",
        "compare": "قارنها بعضها ببعض",
        "ladder": "رتّب عقوباتها",
        "coverage": "تغطية المعاهدات",
        "csv": "نزّل السلّم (CSV)",
    },
    "en": {
        "read": "Read the draft",
        "compare": "Compare them with each other",
        "ladder": "Rank their penalties",
        "coverage": "Treaty coverage",
        "csv": "Download the ladder (CSV)",
    },
}


@pytest.fixture(scope="module")
def site(real_site: str) -> str:
    """The small real collection."""
    return real_site


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_drafters_journey(page, tmp_path: Path, language: str) -> None:
    words = WORDS[language]
    # From the first page to the draft, and what its siblings have that it lacks.
    page.goto(f"/{language}/")
    page.locator(f".doors a[href='/{language}/draft']").click()
    page.fill("#draft", DRAFT[language])
    page.fill("#against", AGAINST)
    page.get_by_role("button", name=words["read"]).click()
    page.wait_for_selector("#siblings")
    expect(page.locator("section[aria-labelledby='siblings'] li")).to_have_count(2)
    assert "kw-decree-1959-17" in page.locator("[aria-labelledby='cited']").inner_text()
    expect(page.locator(".lacks li")).not_to_have_count(0)
    assert page.input_value("#draft") == DRAFT[language]
    assert overflow(page) <= 0
    # The reading is taken along as a working paper, and the page stays.
    with page.expect_download() as download:
        page.locator("button[formaction$='/draft/paper.pdf']").click()
    paper = tmp_path / "draft.pdf"
    download.value.save_as(paper)
    assert pypdf.PdfReader(paper).pages
    expect(page.locator("#siblings")).to_be_visible()
    # Its siblings beside each other, by component and by words.
    address = page.url
    page.get_by_role("link", name=words["compare"]).click()
    page.wait_for_selector(".components")
    expect(page.locator(".side")).to_have_count(2)
    expect(page.locator(".worded ins, .worded del")).not_to_have_count(0)
    # Their penalties in one ladder, to be taken along.
    page.go_back()
    page.wait_for_url(address)
    page.get_by_role("link", name=words["ladder"]).click()
    page.wait_for_selector(".ladder tbody tr")
    linked = page.locator(".ladder td a").evaluate_all("all => all.map(a => a.pathname)")
    assert {place.rsplit("/", 1)[1] for place in linked} == {"art-2", "art-3"}
    with page.expect_download() as download:
        page.get_by_role("link", name=words["csv"]).click()
    ladder = tmp_path / "ladder.csv"
    download.value.save_as(ladder)
    with ladder.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(linked) + 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_drafter_reads_what_a_treaty_asks_and_takes_it_along(
    page, tmp_path: Path, language: str
) -> None:
    page.goto(f"/{language}/compare")
    page.get_by_role("link", name=WORDS[language]["coverage"]).first.click()
    page.wait_for_selector(".duty-row")
    every = page.locator(".duty-row").count()
    page.select_option("#status", "gap")
    page.locator(".picker button").click()
    page.wait_for_url("**status=gap**")
    gaps = page.locator(".duty-row")
    assert 0 < gaps.count() < every
    assert gaps.locator(".duty-met > p:first-child .duty-gap").count() == gaps.count()
    passage = gaps.first.locator(".passages summary").first
    passage.click()
    expect(gaps.first.locator(".passages .text").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    paper = tmp_path / "coverage.pdf"
    download.value.save_as(paper)
    assert pypdf.PdfReader(paper).pages
