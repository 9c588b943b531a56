"""The administrator's journey, in Arabic: from an empty home folder to a restored one elsewhere.

The first user by command, accounts on, a folder dropped on the librarian's page, what was refused
of it, a scan reviewed beside its picture, a backup while it serves, and the same again from another
home folder. That a bundle installs without a network is tests/delivery's to show.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import overflow
from tests.reader_files import docx, paragraph
from tests.scan_pages import picture_pdf, pictures, print_pdf
from tests.support import serving, tamyeez

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ocr,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed"),
]

READ_MS = 240_000
NAME, OWN = "أمينة", "four plain words here"
# Invented; no law says this.
LAW = ("قانون رقم 7 لسنة 2099", "مادة 1", "تُحفظ سجلات المناطيد في مكان آمن.", "مادة 2", "ينشر.")
SCAN = """قانون رقم 8 لسنة 2099 في شأن تنظيم المكتبات
مادة 1
تنشأ في كل محافظة مكتبة عامة يديرها مجلس من أهل العلم
وتفتح أبوابها للناس كافة دون رسم أو شرط.
مادة 2
يضع المجلس لائحة للإعارة وتنشر في الجريدة الرسمية."""
ASKED = ("سجلات المناطيد", "لائحة الإعارة في المكتبات")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journey") / "home"


@pytest.fixture(scope="module")
def first_password(home: Path) -> str:
    """The password that the command prints for the first user."""
    roles = [part for role in ("administrator", "librarian") for part in ("--role", role)]
    made = tamyeez(home, "user", "add", NAME, *roles)
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[-1]


@pytest.fixture(scope="module")
def site(home: Path, first_password: str) -> Iterator[str]:
    """The address of a server whose readers sign in, and which holds nothing yet."""
    with serving(home, TAMYEEZ_ACCOUNTS="on") as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a law, a law in a folder below, and a PDF that is none."""
    made = tmp_path / "نصوص"
    (made / "مصورات").mkdir(parents=True)
    (made / "مناطيد.docx").write_bytes(docx("".join(paragraph(line) for line in LAW)))
    scan = pictures(print_pdf([SCAN]), 200)
    (made / "مصورات" / "مكتبات.pdf").write_bytes(picture_pdf(scan, 200))
    (made / "تالف.pdf").write_bytes(b"%PDF-1.7\nnothing that a PDF has")
    (made / ".hidden.txt").write_text("not meant")
    return made


def sign_in(page, password: str) -> None:
    page.get_by_label("اسم المستخدم").fill(NAME)
    page.get_by_label("كلمة المرور").fill(password)
    page.get_by_role("button", name="دخول").click()


def drop(page, folder: Path) -> None:
    """Drop a folder as a person does: the browser itself reads what is in it."""
    box = page.locator(".drop").bounding_box()
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 20, "data": data}
    devtools = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": step, **at})


def held(page) -> list[object]:
    """Return what is found for each question, and which files are held and refused."""
    told: list[object] = []
    for asked in ASKED:
        page.goto(f"/ar/?q={asked}")
        page.locator(".hit").first.wait_for()
        told.append(
            [urlsplit(a.get_attribute("href")).path for a in page.locator(".hit h2 a").all()]
        )
    page.goto("/ar/library")
    told.append(sorted(page.locator("#held-files tbody th").all_inner_texts()))
    told.append(page.locator("#refused h3").all_inner_texts())
    return told


def test_from_an_empty_home_folder_to_a_restored_one(
    browser, page, home: Path, first_password: str, folder: Path, tmp_path: Path
) -> None:
    # Whoever comes is led to sign in, and to a password of their own, before anything else.
    page.goto("/ar/library")
    assert urlsplit(page.url).path == "/ar/sign-in"
    sign_in(page, first_password)
    page.get_by_text("كلمة المرور هذه وضعها لك غيرك").wait_for()
    page.get_by_label("كلمة المرور الحالية").fill(first_password)
    page.get_by_label("كلمة المرور الجديدة", exact=True).fill(OWN)
    page.get_by_label("كلمة المرور الجديدة مرة أخرى").fill(OWN)
    page.get_by_role("button", name="غيّرها").click()
    page.wait_for_url("**/ar/account?changed=yes")

    # A folder is dropped; the page follows what becomes of it.
    page.goto("/ar/library")
    page.get_by_text("المجموعة فارغة").wait_for()
    drop(page, folder)
    page.locator("#chosen li").nth(2).wait_for()
    assert sorted(page.locator("#chosen li").all_inner_texts()) == [
        "تالف.pdf", "مكتبات.pdf", "مناطيد.docx",
    ]  # fmt: skip
    page.get_by_role("button", name="أضف واقرأ").click()
    page.get_by_text("استُلمت ٣ ملفات.").wait_for()
    page.locator("#job progress").wait_for()
    page.locator('#job[data-stage="done"]').wait_for(timeout=READ_MS)
    page.locator("#held-files th").get_by_text("مناطيد.docx").wait_for()
    refused = page.locator("#refused li")
    refused.filter(has_text="تالف.pdf").get_by_text("احفظه أو نزّله من جديد").wait_for()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0

    # The scan waits for a person, who sees the picture beside what was read.
    refused.filter(has_text="مكتبات.pdf").get_by_role("link", name="راجع صفحاته").click()
    page.locator(".queued-pages a").first.click()
    picture = page.locator(".picture img")
    picture.wait_for()
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") > 1000
    assert "المكتبات" in page.locator("#text").input_value()
    page.get_by_role("button", name="النص صحيح").click()
    page.get_by_text(re.compile("أُضيف نصه")).wait_for(timeout=READ_MS)

    # What was done is in the trail, unbroken.
    page.goto("/ar/trail?verify=yes")
    page.get_by_text(re.compile("^سليمة: الأحداث من")).wait_for()
    kinds = page.locator("tbody tr").all_inner_texts()
    for kind in ("دخول", "إضافة ملفات", "اطلاع على مقيَّد", "مراجعة"):
        assert any(kind in row and NAME in row for row in kinds), kind
    before = held(page)
    assert before[2:] == [["مكتبات.pdf", "مناطيد.docx"], ["تالف.pdf"]]

    # A backup while it serves, restored elsewhere: the same, for the same person.
    file, elsewhere = tmp_path / "copy.tamyeez", tmp_path / "elsewhere"
    made = tamyeez(home, "backup", str(file), "--with-private")
    assert made.returncode == 0, made.stderr
    restored = tamyeez(elsewhere, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    with serving(elsewhere, TAMYEEZ_ACCOUNTS="on") as url:
        context = browser.new_context(base_url=url)
        there = context.new_page()
        there.goto("/ar/")
        sign_in(there, OWN)
        there.wait_for_url("**/ar/")
        assert held(there) == before
        there.goto("/ar/trail?verify=yes")
        there.get_by_text(re.compile("^سليمة: الأحداث من")).wait_for()
        assert any("استعادة" in row for row in there.locator("tbody tr").all_inner_texts())
        context.close()
