"""A scan is searched by page and marked, or waits; reviewed, it takes the road of every text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from ingest.files import Options, hash_file
from ingest.ocr.store import Doubt, PageState, PageStore, ReadPage
from ingest.preparing import Job, Known, Prepared, Refused, prepare
from ingest.private import FileNames
from ingest.report import FileReport, FileStatus
from ingest.review import ReviewDesk
from ingest.review_page import write_review
from search.errors import BadRequest, NotHeld
from search.model import Kind, ProvisionKind

# Invented; the misread number must never become an article.
READ = ("قانون رقم 7 لسنة 2099", "مادة 71", "يحظر كل عمل قسري.", "مادة 2", "تلغى الأحكام السابقة.")
RIGHT = "\n".join(READ).replace("71", "1")
JUDGMENT = "محكمة التمييز\nالطعن رقم 5 لسنة 2099\nحكمت المحكمة بإدانة المتهم سالم مرزوق العازمي."
NOBODY = Known.of(())


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    Image.new("L", (60, 80), 255).save(path)
    return path


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "private")


def _put(store: PageStore, scan: Path, lines: tuple[str, ...] = READ) -> str:
    """Keep a page as if it had been read, so that no tesseract is needed."""
    sha = hash_file(scan)
    store.save_page(sha, ReadPage(1, lines, confidence=0.8, confidences=(0.8,) * len(lines)))
    return sha


def _prepare(scan: Path, tmp_path: Path, kind: Kind | None = None) -> Prepared | Refused:
    names = FileNames(str(scan), scan.name)
    return prepare(Job(scan, Options(kind=kind), names, tmp_path / "private"), NOBODY)


def test_a_scan_of_unknown_kind_waits(scan: Path, store: PageStore, tmp_path: Path) -> None:
    _put(store, scan)
    outcome = _prepare(scan, tmp_path)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "needs-review"
    assert "tamyeez review list" in outcome.sentence


def test_a_scan_said_to_be_a_law_is_shown_by_page_and_marked(
    scan: Path, store: PageStore, tmp_path: Path
) -> None:
    _put(store, scan)
    outcome = _prepare(scan, tmp_path, Kind.STATUTE)
    assert isinstance(outcome, Prepared)
    assert [p.kind for p in outcome.contribution.provisions] == [ProvisionKind.PAGE]
    assert [p.ocr_confidence for p in outcome.passages] == [0.8]
    assert not outcome.confirmed
    # Neither number nor year of the law may come from digits that OCR has read.
    instrument = outcome.contribution.instrument
    assert instrument is not None
    assert (instrument.number, instrument.year) == (None, None)
    assert instrument.id.startswith("xx-scan-")


def test_a_corrected_scan_is_split_into_its_articles_wherever_it_lies(
    scan: Path, store: PageStore, tmp_path: Path
) -> None:
    sha = _put(store, scan)
    store.decide(sha, 1, PageState.CORRECTED, RIGHT)
    moved = scan.rename(tmp_path / "renamed.png")
    outcome = _prepare(moved, tmp_path, Kind.STATUTE)
    assert isinstance(outcome, Prepared)
    assert [p.number for p in outcome.contribution.provisions] == ["1", "2"]
    assert all(p.ocr_confidence is None for p in outcome.passages)


def test_wrong_article_numbers_are_refused_even_when_accepted(
    scan: Path, store: PageStore, tmp_path: Path
) -> None:
    sha = _put(store, scan)
    store.decide(sha, 1, PageState.ACCEPTED)
    outcome = _prepare(scan, tmp_path, Kind.STATUTE)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "article-sequence"


def test_no_name_leaves_a_judgment_that_waits_or_is_reviewed(
    store: PageStore, tmp_path: Path
) -> None:
    path = tmp_path / "سالم مرزوق العازمي.png"
    Image.new("L", (60, 80), 255).save(path)
    sha = _put(store, path, tuple(JUDGMENT.split("\n")))
    waiting = _prepare(path, tmp_path)
    assert isinstance(waiting, Refused)
    store.decide(sha, 1, PageState.ACCEPTED)
    reviewed = _prepare(path, tmp_path)
    assert isinstance(reviewed, Prepared)
    for outcome in (waiting, reviewed):
        assert "العازمي" not in repr(outcome)


def test_a_rejected_page_refuses_its_file(scan: Path, store: PageStore, tmp_path: Path) -> None:
    sha = _put(store, scan)
    store.decide(sha, 1, PageState.REJECTED)
    outcome = _prepare(scan, tmp_path, Kind.STATUTE)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "rejected"


class Again:
    """Stands for the ingest that follows the last decision on a file."""

    def __init__(self) -> None:
        self.asked: list[tuple[Path, Options, bool]] = []

    def __call__(self, path: Path, options: Options, withdraw: bool) -> FileReport:
        self.asked.append((path, options, withdraw))
        return FileReport(path.name, FileStatus.ADDED)


@pytest.fixture
def again() -> Again:
    return Again()


@pytest.fixture
def desk(scan: Path, store: PageStore, tmp_path: Path, again: Again) -> ReviewDesk:
    sha = _put(store, scan)
    store.save_page(sha, ReadPage(2, ("b",), doubts=(Doubt.FAILED,)))
    _prepare(scan, tmp_path, Kind.STATUTE)  # which notes where the file lies
    return ReviewDesk(store, again)


def test_the_file_is_ingested_again_when_nothing_waits(
    desk: ReviewDesk, scan: Path, again: Again
) -> None:
    assert desk.accept("scan.png", [1]).end == "waiting"
    assert not again.asked
    decision = desk.correct("scan.png", 2, "\nb \n")
    assert (decision.end, decision.why) == ("added", "")
    assert again.asked == [(scan, Options(kind=Kind.STATUTE), False)]
    assert [page.state for page in decision.queued.pages] == ["accepted", "accepted"]


def test_a_rejected_page_takes_the_file_away_at_once(desk: ReviewDesk, again: Again) -> None:
    desk.reject("scan.png", [2])
    assert [withdraw for _, _, withdraw in again.asked] == [True]


def test_decisions_that_cannot_be_meant_are_refused(desk: ReviewDesk, scan: Path) -> None:
    for numbers, error in (([], BadRequest), ([3], NotHeld), ([2], BadRequest)):
        with pytest.raises(error):
            desk.accept("scan.png", numbers)
    with pytest.raises(BadRequest, match="at most"):
        desk.correct("scan.png", 1, "ا" * 60_001)
    scan.write_bytes(scan.read_bytes() + b"x")
    with pytest.raises(NotHeld, match="has changed"):
        desk.accept("scan.png", [1])
    assert desk.file("scan.png").waiting == 2


def test_the_written_review_shows_picture_and_numbers(desk: ReviewDesk, tmp_path: Path) -> None:
    page = ReadPage(1, ("<b> ١٧", "17 و 5"), disputed=("17",))
    to = tmp_path / "review.html"
    write_review(desk.file("scan.png"), [page], lambda n: desk.picture("scan.png", n), to)
    html = to.read_text(encoding="utf-8")
    assert 'src="data:image/png;base64,' in html
    assert "&lt;b&gt;" in html
    assert html.count('<mark class="disputed">') == 2
    assert html.count("<mark>5</mark>") == 1
    assert to.stat().st_mode & 0o077 == 0
