"""What a prosecutor and a judge keep: a note, a saved search, a record that is checked again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.cabinet import open_cabinet
from search.opening import open_service
from search.settings import load_settings
from tests.e2e.conftest import overflow, served
from tests.support import environment

pytestmark = pytest.mark.browser

WORDS = {
    "ar": {
        "add": "أضف ملاحظة",
        "save": "احفظ",
        "find": "ابحث في ملاحظاتي",
        "note": "تُراجع الجوازات المحجوزة",
        "asked": "جواز",
        "label": "قصد",
        "keep": "احفظ هذا البحث",
        "record": "سجل هذا البحث",
        "file": "احفظ السجل الموقّع",
        "check": "تحقق من سجل",
        "go": "تحقق وأجرِ البحث من جديد",
        "reproduced": "أُعيد كما كان",
    },
    "en": {
        "add": "Add a note",
        "save": "Save",
        "find": "Find in my notes",
        "note": "Look at the passports again",
        "asked": "passport",
        "label": "intent",
        "keep": "Save this search",
        "record": "Record of this search",
        "file": "Save the signed record",
        "check": "Check a record",
        "go": "Check and run again",
        "reproduced": "Reproduced",
    },
}


@pytest.fixture(scope="module")
def site(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a home of its own: these tests write into it."""
    home = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(collection, home)
    service = open_service(load_settings(environment(home)))
    service.warm_up()
    cabinet = open_cabinet(home, service)
    with served(service, cabinet) as address:
        yield address
    cabinet.close()
    service.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_note_is_written_and_found_again(page, language: str, width: int) -> None:
    words = WORDS[language]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/{language}/laws/kw-law-2013-91/art-2")
    page.get_by_role("link", name=words["add"]).click()
    page.locator("#text").fill(words["note"])
    page.locator("#labels").fill(words["label"])
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_role("status").wait_for()
    assert overflow(page) <= 0
    page.goto(f"/{language}/my-work")
    page.get_by_label(words["find"]).fill(words["asked"])
    page.keyboard.press("Enter")
    page.get_by_text(words["note"]).first.wait_for()
    assert overflow(page) <= 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_search_is_kept_recorded_and_reproduced(page, tmp_path: Path, language: str) -> None:
    words = WORDS[language]
    page.goto(f"/{language}/?q=visa trading")
    page.get_by_role("button", name=words["keep"]).click()
    page.wait_for_url("**/my-work/searches/*")
    page.goto(f"/{language}/?q=visa trading")
    page.get_by_role("link", name=words["record"]).click()
    page.wait_for_url("**/record*")
    assert overflow(page) <= 0
    with page.expect_download() as download:
        page.get_by_role("link", name=words["file"]).click()
    file = tmp_path / "record.json"
    download.value.save_as(file)
    page.get_by_role("link", name=words["check"]).click()
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name=words["go"]).click()
    page.get_by_role("heading", name=words["reproduced"]).wait_for()
    file.write_bytes(file.read_bytes().replace(b"visa trading", b"visa tradinG"))
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name=words["go"]).click()
    page.locator(".verdict-altered").wait_for()
