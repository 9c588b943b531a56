"""What a person finds is kept apart from the suggestion, changed, taken back, and survives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.duties import Duty, DutyStatus, Strength, Suggestion
from search.duty_assessments import FILE, MAX_NOTE_CHARS, Assessments
from search.errors import BadRequest, WorkUnavailable
from search.model import Bilingual, Confidence
from search.results import Reference
from search.treaty_coverage import DutyRow, treaty_coverage

SAYS = Bilingual("سبب", "a reason")
DUTY = Duty(
    "d-1",
    "un-x",
    ("un-x/art-1",),
    Strength.SHALL,
    Bilingual("التزام", "a duty"),
    Suggestion(DutyStatus.PARTLY, SAYS, Confidence.LOW, ("kw-x/art-1",)),
    0,
)
ROW = DutyRow(DUTY, Reference("un-x", SAYS, held=True), (), ())


def test_nothing_is_made_before_the_first_finding(tmp_path: Path) -> None:
    assessments = Assessments(tmp_path)
    assert assessments.all() == {}
    assessments.remove("d-1")
    assert not (tmp_path / FILE).exists()


def test_a_finding_is_kept_replaced_and_taken_back(tmp_path: Path) -> None:
    first = Assessments(tmp_path)
    first.keep(DUTY, DutyStatus.GAP, " why ", "A.")
    first.keep(DUTY, DutyStatus.COVERED, "ملاحظة", "")
    first.close()
    second = Assessments(tmp_path)
    (found,) = second.all().values()
    assert (found.status, found.note, found.assessor) == (DutyStatus.COVERED, "ملاحظة", "")
    assert second.all(owner="another") == {}
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    second.remove("d-1")
    assert second.all() == {}
    second.close()


def test_a_finding_goes_before_the_suggestion_but_leaves_it(tmp_path: Path) -> None:
    assessments = Assessments(tmp_path)
    assessments.keep(DUTY, DutyStatus.GAP, "", "")
    matrix = treaty_coverage([ROW], assessments)
    assert matrix.suggested[DutyStatus.PARTLY] == matrix.found[DutyStatus.GAP] == 1
    assert treaty_coverage([ROW], assessments, statuses=[DutyStatus.GAP]).rows
    assert not treaty_coverage([ROW], assessments, statuses=[DutyStatus.PARTLY]).rows
    changed = replace(ROW, duty=replace(DUTY, suggestion=replace(DUTY.suggestion, passages=())))
    (row,) = treaty_coverage([changed], assessments).rows
    assert matrix.rows[0].is_current
    assert not row.is_current
    assessments.close()


def test_a_note_has_a_limit(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        Assessments(tmp_path).keep(DUTY, DutyStatus.GAP, "x" * (MAX_NOTE_CHARS + 1), "")


def test_a_damaged_file_hides_findings_and_not_suggestions(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 400)
    assessments = Assessments(tmp_path)
    with pytest.raises(WorkUnavailable):
        assessments.all()
    matrix = treaty_coverage([ROW], assessments)
    assert (len(matrix.rows), matrix.findings_readable) == (1, False)
    assert (tmp_path / FILE).read_bytes().startswith(b"no database")
