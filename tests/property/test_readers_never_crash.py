"""Whatever the bytes, reading gives a Document whose offsets hold, or Unreadable with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.readers import read
from ingest.readers.visual import logical_lines
from search.errors import Unreadable

REASONS = {
    "empty", "damaged", "encrypted", "binary", "encoding", "legacy-doc", "garbled-text",
    "no-text-layer", "too-long", "too-large",
}  # fmt: skip
STARTS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"# T\n", b"---\na: 1\n---\n", b"\xff\xfe"]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=STARTS, rest=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(start + rest)
    try:
        document = read(path)
    except Unreadable as error:
        assert error.reason in REASONS
    else:
        assert all(document.text[line.start : line.end] == line.text for line in document.lines)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.sampled_from("#*_[]()|<>!`-+=~ \n\\&;/apsub1.المادة"), max_size=200))
def test_markup_soup_keeps_its_letters(tmp_path: Path, text: str) -> None:
    """Markdown marks may go; Arabic letters, which no mark is made of, never do."""
    path = tmp_path / "soup.md"
    path.write_text("# نص\n" + text, encoding="utf-8", newline="")
    try:
        kept = read(path).text
    except Unreadable:
        return
    if "<" not in text and "[" not in text and "`" not in text and "~" not in text:
        assert kept.count("م") == text.count("م")


WORDS = st.sampled_from(["المادة", "قانون", "رقم", "دولة", "على", "(5)", "12", "2019"])


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
@example(["المادة", "(5)", "12"])
def test_turning_a_line_keeps_its_words_and_numbers(words: list[str]) -> None:
    """The inverse of laying out: what bidi turns for the page comes back as it was typed.

    Latin words stay out: beside them a bracket's side is ambiguous once the line is laid out.
    """
    from bidi import get_display

    line = " ".join(["حكم", *words])
    visual = str(get_display(line, base_dir="R"))
    # Some producers mirror the brackets they lay out, others leave that to the reader.
    for drawn in (visual, visual.translate(str.maketrans("()", ")("))):
        assert logical_lines([drawn]) == [line]


@pytest.mark.parametrize("line", ["", " ", "12", "(", ")(", "\u200f", "Article 5 (a)"])
def test_lines_without_arabic_stay(line: str) -> None:
    assert logical_lines([line]) == [line.strip("\u200f ")]
