"""Kept case studies in SQL, and the draft of one as it is kept. The caller owns the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from search.casebook.draft import CaseDraft, Draft, QuestionDraft, Said, Tongue
from search.catalogue.rows import dump
from search.errors import WorkUnavailable
from search.work import tables as t
from search.work.model import MAX_STUDIES, SavedStudy
from search.work.rows import check_room, gone, insert_row, update_row


def list_studies(conn: Connection, owner: str) -> list[SavedStudy]:
    """Return the kept case studies, last changed first."""
    own = t.studies.select().where(t.studies.c.owner == owner)
    ordered = own.order_by(t.studies.c.changed_at.desc(), t.studies.c.id)
    return [_study(row) for row in conn.execute(ordered)]


def read_study(conn: Connection, owner: str, study: str) -> SavedStudy:
    """Return a kept case study; raise NotSaved."""
    own = sa.and_(t.studies.c.id == study, t.studies.c.owner == owner)
    row = conn.execute(t.studies.select().where(own)).first()
    if row is None:
        raise gone()
    return _study(row)


def add_study(conn: Connection, owner: str, name: str, draft: Draft) -> str:
    """Keep a new case study; return its id."""
    check_room(conn, t.studies, owner, MAX_STUDIES)
    return insert_row(conn, t.studies, owner, name=name, draft=dump(draft))


def save_study(
    conn: Connection, owner: str, study: str, name: str, draft: Draft, version: int
) -> None:
    """Change a case study that is still at `version`; raise NotSaved or EditConflict."""
    update_row(conn, t.studies, owner, study, version, name=name, draft=dump(draft))


def read_draft(held: Mapping[str, Any]) -> Draft:
    """Return the draft that `dump` has written; raise WorkUnavailable where it was not that."""
    try:
        return Draft(
            title=Said(**held["title"]),
            tongue=Tongue(held["tongue"]),
            cases=tuple(_case(case) for case in held["cases"]),
            goals=tuple(held["goals"]),
            questions=tuple(_question(question) for question in held["questions"]),
            variants=tuple(held["variants"]),
            reveals=bool(held["reveals"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise WorkUnavailable(
            "A kept case study cannot be read: the file of notes is damaged. It is left as it is."
        ) from exc


def _case(held: Mapping[str, Any]) -> CaseDraft:
    stages = (tuple(held["facts_ar"]), tuple(held["facts_en"]))
    return CaseDraft(held["matter"], *stages, Said(**held["procedure"]))


def _question(held: Mapping[str, Any]) -> QuestionDraft:
    texts = (Said(**held["asked"]), Said(**held["guidance"]))
    return QuestionDraft(held["id"], held["matter"], *texts, bool(held["included"]))


def _study(row: Row[Any]) -> SavedStudy:
    draft = read_draft(row.draft)
    return SavedStudy(row.id, row.name, draft, row.version, row.created_at, row.changed_at)
