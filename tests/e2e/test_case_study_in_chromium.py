"""A trainer builds a case study in a real browser, in both languages, without a mouse's help."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from search.opening import open_service
from search.settings import load_settings
from tests.e2e.conftest import overflow, served, violations
from tests.support import environment

pytestmark = pytest.mark.browser

TOLD = "kw-training-0001-a"
SAID = {
    "ar": ("أهداف التعلم", "افترض بدل ذلك"),
    "en": ("Learning goals", "Suppose instead"),
}


@pytest.fixture(scope="module")
def site(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the small real collection that looks for digits as names."""
    home = tmp_path_factory.mktemp("trainer") / "home"
    shutil.copytree(collection, home)
    service = open_service(load_settings(environment(home)))

    def find(text: str, _language: str) -> tuple[str, ...]:
        return tuple(word for word in text.split() if word.isdigit() and len(word) == 8)

    with served(service, finder=find) as address:
        yield address
    service.close()


def unfold(page) -> None:
    """Open what is folded, so that its fields can be written in."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_trainers_journey(page, language: str, tmp_path: Path) -> None:
    page.goto(f"/{language}/")
    page.click(f"header nav a[href='/{language}/case-studies']")
    page.check("input[name=training]")
    page.click(".case-pick .case-quiet")
    page.check(f"input[name=matter][value='{TOLD}']")
    page.click(".case-build button")
    page.wait_for_selector("#case-form")
    headings = page.locator("h2").all_text_contents()
    assert any(SAID[language][0] in text for text in headings)
    expect(page.locator("p", has_text=SAID[language][1])).to_have_count(1)

    unfold(page)
    page.fill("#guidance-ar-0", "الهاتف 99887766")
    page.click("button[value='participant.json']")
    page.wait_for_selector("[role=alert]")
    assert "99887766" in page.locator(".case-found").text_content()
    assert page.input_value("#guidance-ar-0") == "الهاتف 99887766"

    unfold(page)
    page.fill("#guidance-ar-0", "جواب مختوم")
    page.click(f"button[value='add:{TOLD}']")
    own = page.locator("input[value='own-1']").get_attribute("name").split(".")[1]
    page.fill(f"#asked-ar-{own}", "وما رأيك؟")
    page.fill(f"#asked-en-{own}", "And you?")

    made = {}
    for edition in ("participant", "instructor"):
        with page.expect_download() as waiting:
            page.click(f"button[value='{edition}.json']")
        path = tmp_path / f"{edition}.json"
        waiting.value.save_as(path)
        made[edition] = path.read_text("utf-8")
    assert "And you?" in made["participant"]
    assert "جواب مختوم" not in made["participant"]
    assert TOLD not in made["participant"]
    assert json.loads(made["instructor"])["draft"]["cases"][0]["matter"] == TOLD

    page.goto(f"/{language}/case-studies")
    page.set_input_files("#case-file", tmp_path / "instructor.json")
    page.click(".case-open button")
    page.wait_for_selector("#case-form")
    assert page.input_value("#guidance-ar-0") == "جواب مختوم"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_both_pages_are_accessible_and_fit(
    browser, site: str, axe: str, language: str, width: int
) -> None:
    context = browser.new_context(
        base_url=site, bypass_csp=True, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    for place in (f"?matter={TOLD}&element=deception", f"/new?matter={TOLD}"):
        page.goto(f"/{language}/case-studies{place}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert overflow(page) <= 0
        assert violations(page, axe) == [], f"{language} {place} {width}"
    context.close()


def test_it_works_without_scripts(browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/en/case-studies/new?matter={TOLD}")
    page.uncheck("#case-form input[name='ask.0']")
    page.click(".case-export button[value=update]")
    assert not page.is_checked("input[name='ask.0']")
    context.close()
