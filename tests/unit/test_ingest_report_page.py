"""The report of an ingest as a page: everything in it, in both languages, nothing from outside."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from lxml import html

import ingest
from ingest.report import FileReport, FileStatus, IngestReport
from ingest.report_html import report_html, write_report
from ingest.report_reasons import _TABLE, reason_of
from search.errors import Unreadable
from search.model import Language
from search.versions import ChangeKind, TextChange

HOSTILE = "<script>alert(1)</script>\u202e.pdf"
CHANGES = (
    TextChange("xx-law-1-1/art-2", Language.AR, ChangeKind.CHANGED, "خمس سنوات", "سبع سنوات"),
    TextChange("xx-law-1-1/art-3-bis", Language.AR, ChangeKind.REMOVED, f"نص {HOSTILE}"),
)


def report() -> IngestReport:
    return IngestReport(
        files=(
            FileReport(HOSTILE, FileStatus.QUARANTINED, reasons=("encrypted", "Save a copy.")),
            FileReport(
                "law.txt",
                FileStatus.UPDATED,
                "xx-law-1-1",
                provisions=2,
                confirmed=False,
                reasons=("its opening names it",),
                changes=CHANGES,
                kept_as_at=dt.date(2099, 5, 1),
            ),
        ),
        skipped=("notes.xyz",),
        index=None,
        rebuilt=True,
        embedded=0,
        seconds=1.5,
        seconds_embedding=0.5,
    )


def test_everything_is_told_in_both_languages() -> None:
    page = html.fromstring(report_html(report(), dt.datetime(2099, 1, 2, 3, 4)))
    text = page.text_content()
    assert page.get("dir") == "rtl"
    for words in ("محمي بكلمة مرور", "Save a copy.", "law.txt", "notes.xyz", "2099-05-01"):
        assert words in text
    for words in ("its opening names it", "المادة 2", "المادة 3 مكرر", "refused", "رُفض"):
        assert words in text
    assert [e.text.strip() for e in page.iter("del")] == ["خمس", f"نص {HOSTILE}"]
    assert [e.text.strip() for e in page.iter("ins")] == ["سبع"]


def test_it_stands_alone_and_runs_nothing() -> None:
    said = report_html(report(), dt.datetime(2099, 1, 2, 3, 4))
    page = html.fromstring(said)
    assert not list(page.iter("script", "link", "img", "iframe"))
    assert "http" not in re.sub(r"<meta[^>]*>", "", said)


def test_every_reason_the_code_gives_is_explained() -> None:
    folder = Path(ingest.__file__).parent
    sources = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    given = set(re.findall(r'refusal\(\s*\w+(?:\.\w+)?,\s*"([a-z-]+)"', sources))
    given |= set(re.findall(r'reason="([a-z-]+)"', sources))
    assert {"damaged", "conflict", "empty"} <= given
    assert given - {"bundle", "unwritable"} <= _TABLE.keys()
    assert reason_of("a-new-word").why.en == "it was refused"


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="--report"):
        write_report(tmp_path / "no" / "such.html", report())
