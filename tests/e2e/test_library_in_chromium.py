"""A librarian's first day: an empty collection, files dropped on the page, and what became of them.

The real server, from a home folder that holds nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import overflow, violations
from tests.reader_files import docx, paragraph
from tests.support import serving

pytestmark = pytest.mark.browser

READ_MS = 90_000
# Invented; no law says this.
LAW = ("قانون رقم 7 لسنة 2099", "مادة 1", "تُحفظ سجلات المناطيد في مكان آمن.", "مادة 2", "ينشر.")
DROP = """([name, size]) => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(size)], name));
  document.querySelector(".drop").dispatchEvent(
    new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
  return document.getElementById("files").validationMessage;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose collection is empty."""
    with serving(tmp_path_factory.mktemp("first-day") / "home") as url:
        yield url


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A law as a Word file, and a PDF that is none."""
    law, broken = tmp_path / "سجلات.docx", tmp_path / "تالف.pdf"
    law.write_bytes(docx("".join(paragraph(line) for line in LAW)))
    broken.write_bytes(b"%PDF-1.7\nnothing that a PDF has")
    return [law, broken]


def test_files_are_added_and_refused_before_the_librarians_eyes(page, files: list[Path]) -> None:
    page.goto("/ar/library")
    page.get_by_text("المجموعة فارغة").wait_for()
    # Too large a file is refused before it is sent, dropped or chosen.
    too_large = page.evaluate(DROP, ["ضخم.pdf", 51 * 1024 * 1024])
    assert "أكبر من ٥٠ ميغابايت: ضخم.pdf" in too_large
    assert page.evaluate(DROP, ["صغير.pdf", 10]) == ""

    page.locator("#files").set_input_files(files)
    page.get_by_text("ما هذه الملفات").click()
    page.get_by_label("صفة النص").select_option("digest")
    page.get_by_role("button", name="أضف واقرأ").click()
    page.get_by_text("استُلم ملفان.").wait_for()
    # The page follows the job by itself.
    page.locator('#job[data-stage="done"]').wait_for(timeout=READ_MS)
    page.locator("#job .end-added").get_by_text("سجلات.docx").wait_for()
    page.locator("#refused h3").get_by_text("تالف.pdf").wait_for()
    page.locator("#refused").get_by_text("احفظه أو نزّله من جديد").wait_for()
    page.locator("#held-files th").get_by_text("سجلات.docx").wait_for()
    page.locator("#held").get_by_text("مادتان").wait_for()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0

    # What was done stays on the page, in the other language too, and the text is found.
    page.goto("/en/library")
    page.locator("#refused h3").get_by_text("تالف.pdf").wait_for()
    page.goto("/ar/?q=سجلات المناطيد")
    page.locator(".hit").first.wait_for()


def test_it_works_without_scripts(browser, site: str, tmp_path: Path) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/library")
    note = tmp_path / "note.txt"
    note.write_text("")
    page.locator("#files").set_input_files(note)
    page.get_by_role("button", name="Add and read").click()
    page.get_by_text("it is empty").wait_for()
    page.locator("#notes-text").fill("مناطيد")
    page.get_by_role("button", name="Keep the notes").click()
    page.goto("/ar/library")
    assert page.locator("#notes-text").input_value() == "مناطيد"
    context.close()


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_axe_finds_nothing(browser, site: str, axe: str, language: str, scheme: str) -> None:
    context = browser.new_context(base_url=site, bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"/{language}/library")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page, axe) == []
    context.close()
