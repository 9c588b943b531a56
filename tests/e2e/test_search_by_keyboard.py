"""A search from the first key to the text, by keyboard alone and without scripts."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ASKED = {"ar": "حجز جواز السفر", "en": "keeping a worker's passport"}
ENOUGH = 40  # stops before a result is reached: the frame, the box, the tools
OUTLINED = """() => {
  const seen = document.activeElement, style = getComputedStyle(seen);
  const box = seen.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return (ring || seen.matches("main")) && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.fixture(scope="module")
def site(real_site: str) -> str:
    """The small real collection."""
    return real_site


def tab_to(page, selector: str) -> None:
    """Press Tab until the element is reached; everything on the way shows where the focus is."""
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINED), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached in {ENOUGH} stops")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_first_key_to_the_text(browser, site: str, language: str, scripts: bool) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"/{language}/")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    tab_to(page, "#q")
    page.keyboard.type(ASKED[language])
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    tab_to(page, "#q")
    tab_to(page, ".hit h2 a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/(laws|matters)/"))
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_narrowing_says_what_it_means_when_it_is_reached(page, language: str) -> None:
    page.goto(f"/{language}/?q={ASKED[language]}")
    page.locator(".facet summary").last.focus()
    folded = page.locator(".facet:not([open]):has(.told) > summary").first
    folded.focus()
    page.keyboard.press("Enter")
    choice = page.locator(".facet[open] .defined").last
    link, told = choice.locator("a"), choice.locator(".told")
    expect(told).to_be_hidden()
    link.focus()
    expect(told).to_be_visible()
    assert told.inner_text().strip()
    assert link.get_attribute("aria-describedby") == told.get_attribute("id")
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    box, window = choice.bounding_box(), page.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= window["width"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_facet_is_offered_with_counts(page, language: str) -> None:
    page.goto(f"/{language}/?q={ASKED[language]}")
    counts = page.locator(".facet").evaluate_all(
        "all => all.map(f => [...f.querySelectorAll('.tally-small')].map(n => n.textContent))"
    )
    links = page.locator(".facet li a").evaluate_all(
        "all => all.map(a => new URL(a.href).searchParams)"
        ".flatMap(found => [...found.keys()].filter(name => name !== 'q'))"
    )
    assert set(links) == {
        *("kind", "instrument", "offence", "outcome", "court", "level", "year"),
        *("act", "means", "purpose", "indicator", "lang", "authority"),
    }
    assert all(column and all(n.strip() for n in column) for column in counts)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_rarer_value_is_chosen_without_scripts(browser, site: str, language: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{language}/?q={ASKED[language]}&kind=statute")
    facet = page.locator(".facet[open]:has(.rest)").first
    expect(facet.locator("li")).to_have_count(6)
    facet.locator(".rest summary").click()
    field = facet.locator("select")
    name, values = field.get_attribute("name"), field.locator("option")
    last = values.last.get_attribute("value")
    linked = facet.locator("li a").evaluate_all("all => all.map(a => a.href)")
    assert not any(f"{name}={last}" in address for address in linked)
    field.select_option(last)
    facet.locator("button").click()
    chosen = parse_qs(urlsplit(page.url).query)
    assert chosen == {"q": [ASKED[language]], "kind": ["statute"], name: [last]}
    # What was chosen can be taken away again.
    expect(page.locator(".active li")).to_have_count(2)
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_result_is_noted_and_taught_without_scripts(browser, site: str, language: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    results = f"/{language}/?q={ASKED[language]}&kind=judgment"
    page.goto(results)
    page.locator(".hit-do a[href*='my-work/notes/new']").first.click()
    expect(page.locator("#text")).to_be_visible()
    page.goto(results)
    title = page.locator(".hit h2").first.inner_text()
    page.locator(".hit-do a[href*='case-studies']").first.click()
    chosen = page.locator("input[name=matter]:checked")
    expect(chosen).to_have_count(1)
    assert page.locator("label", has=chosen).inner_text().strip() == title
    page.goto(f"/{language}/?q={ASKED[language]}&kind=statute")
    page.locator(".hit-do a[href*='/compare']").first.click()
    assert page.input_value("#left").startswith("kw-")
    context.close()
