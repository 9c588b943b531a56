"""One's work as JSON: the same as its pages, under /api/my-work."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from search.access import owner
from search.catalogue.rows import dump
from search.distinction.limits import check_facts
from search.work import WorkService
from search.work.model import MAX_LABEL_CHARS, MAX_NOTES, SavedSearch, Wanted
from web import schemas_work as s
from web.forms import refuse_other_sites
from web.schemas import ErrorOut
from web.work import ALERTS_WAIT_S

Id = Annotated[
    str,
    Path(
        title="Id",
        description="As it was given when saved.",
        max_length=200,
        examples=["0f3a5c7e9b1d2f40"],
    ),
]
ANSWERS: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorOut, "description": what}
    for code, what in (
        (400, "A malformed id or value"),
        (403, "Sent by another site"),
        (404, "Nothing is saved under this id"),
        (409, "Changed in another window meanwhile"),
        (422, "More, or longer, than is kept"),
        (503, "The file of work cannot be used now"),
    )
}


def refuse_others(request: Request) -> None:
    """Refuse what another site's page sends, even to read."""
    refuse_other_sites(request.headers)


def work_api(work: WorkService) -> APIRouter:
    """Build the routes of one's work."""
    router = APIRouter(
        prefix="/api/my-work",
        tags=["My work"],
        responses=ANSWERS,
        dependencies=[Depends(refuse_others)],
    )
    _add_notes(router, work)
    _add_folders(router, work)
    _add_searches(router, work)
    _add_facts(router, work)
    _add_studies(router, work)
    _add_whole(router, work)
    return router


def _add_notes(router: APIRouter, work: WorkService) -> None:
    @router.get("/notes", summary="Find notes")
    def notes(
        words: Annotated[
            str,
            Query(
                title="Words",
                description="In any of their forms; all must be there.",
                max_length=500,
                examples=["passport"],
            ),
        ] = "",
        folder: Annotated[
            str,
            Query(
                title="Folder",
                description="Only notes in the folder of this id.",
                max_length=200,
                examples=["0f3a5c7e9b1d2f40"],
            ),
        ] = "",
        label: Annotated[
            str,
            Query(
                title="Label",
                description="Only notes with this label.",
                max_length=MAX_LABEL_CHARS,
                examples=["intent"],
            ),
        ] = "",
        target: Annotated[
            str,
            Query(
                title="What they are on",
                description="Only notes on what has this id.",
                max_length=200,
                examples=["kw-law-2013-91/art-2"],
            ),
        ] = "",
        offset: Annotated[
            int,
            Query(title="Offset", description="Notes to skip.", ge=0, le=MAX_NOTES, examples=[0]),
        ] = 0,
    ) -> s.NotePageOut:
        """Return up to fifty notes, last changed first; words in all their forms."""
        found = work.notes(owner(), Wanted(words, folder, label, target), offset)
        return s.NotePageOut.model_validate(found)

    @router.post("/notes", status_code=201, summary="Keep a note")
    def add(note: s.NewNoteIn) -> s.NoteViewOut:
        """Keep a note on something that is held."""
        identifier = work.add_note(owner(), note.target, note.as_draft())
        return s.NoteViewOut.model_validate(work.note(owner(), identifier))

    @router.get("/notes/{id}", summary="One note")
    def one(id: Id) -> s.NoteViewOut:  # noqa: A002 - the contract's name
        """Return a note, and whether what it is on has changed or was withdrawn since."""
        return s.NoteViewOut.model_validate(work.note(owner(), id))

    @router.put("/notes/{id}", summary="Change a note")
    def save(id: Id, note: s.ChangedNoteIn) -> s.NoteViewOut:  # noqa: A002
        """Change a note; answered with 409 where it was changed elsewhere meanwhile."""
        work.save_note(owner(), id, note.as_draft(), note.version, note.seen)
        return s.NoteViewOut.model_validate(work.note(owner(), id))

    @router.delete("/notes/{id}", status_code=204, summary="Delete a note")
    def delete(id: Id) -> None:  # noqa: A002
        """Delete a note; nothing of it stays in the file."""
        work.delete_note(owner(), id)

    @router.get("/labels", summary="The labels used")
    def labels() -> dict[str, int]:
        """Return each label and the number of its notes, the most frequent first."""
        return dict(work.labels(owner()))


def _add_folders(router: APIRouter, work: WorkService) -> None:
    @router.get("/folders", summary="The folders")
    def folders() -> list[s.FolderOut]:
        """Return the folders by name."""
        return [s.FolderOut.model_validate(folder) for folder in work.folders(owner())]

    @router.post("/folders", status_code=201, summary="Make a folder")
    def add(folder: s.FolderIn) -> s.IdOut:
        """Make a folder."""
        return s.IdOut(id=work.add_folder(owner(), folder.name))

    @router.put("/folders/{id}", status_code=204, summary="Rename a folder")
    def rename(id: Id, folder: s.ChangedFolderIn) -> None:  # noqa: A002
        """Rename a folder; answered with 409 where it was changed elsewhere meanwhile."""
        work.rename_folder(owner(), id, folder.name, folder.version)

    @router.delete("/folders/{id}", status_code=204, summary="Delete a folder")
    def delete(id: Id) -> None:  # noqa: A002
        """Delete a folder; its notes stay, in none."""
        work.delete_folder(owner(), id)


def _add_searches(router: APIRouter, work: WorkService) -> None:
    @router.get("/searches", summary="The saved searches")
    def searches() -> list[s.SavedSearchOut]:
        """Return the saved searches, the latest first."""
        return [_search(search) for search in work.searches(owner())]

    @router.post("/searches", status_code=201, summary="Keep a search")
    def add(search: s.SearchIn) -> s.IdOut:
        """Keep a search, as looked at now."""
        return s.IdOut(id=work.add_search(owner(), search.name, search.query.as_query()))

    @router.get("/searches/{id}/new", summary="What is new since")
    def new(id: Id) -> s.WhatIsNewOut:  # noqa: A002
        """Run a search; return the results on documents that came since it was looked at."""
        return s.WhatIsNewOut.model_validate(work.what_is_new(owner(), id))

    @router.post("/searches/{id}/seen", status_code=204, summary="Note that it was looked at")
    def seen(id: Id, seen: s.SeenIn) -> None:  # noqa: A002
        """Note that what was new up to the document `last` has been looked at."""
        work.mark_seen(owner(), id, seen.last)

    @router.get("/alerts", summary="How much is new")
    def alerts() -> dict[str, int]:
        """Return the number of new documents that fit, by saved search with any.

        Counted every few minutes; what is not counted yet is missing.
        """
        return dict(work.alerts.counts(owner(), ALERTS_WAIT_S))

    @router.delete("/searches/{id}", status_code=204, summary="Delete a saved search")
    def delete(id: Id) -> None:  # noqa: A002
        """Delete a saved search."""
        work.delete_search(owner(), id)


def _add_facts(router: APIRouter, work: WorkService) -> None:
    @router.get("/facts", summary="The facts saved")
    def facts() -> list[s.SavedFactsOut]:
        """Return the facts saved, the latest first."""
        return [s.SavedFactsOut.model_validate(facts) for facts in work.facts(owner())]

    @router.post("/facts", status_code=201, summary="Keep facts")
    def add(facts: s.SavedFactsIn) -> s.IdOut:
        """Keep facts: only what a person sends here is kept."""
        check_facts(facts.facts)
        return s.IdOut(id=work.add_facts(owner(), facts.as_facts()))

    @router.delete("/facts/{id}", status_code=204, summary="Delete saved facts")
    def delete(id: Id) -> None:  # noqa: A002
        """Delete saved facts; nothing of them stays in the file."""
        work.delete_facts(owner(), id)


def _add_studies(router: APIRouter, work: WorkService) -> None:
    @router.get("/studies", summary="The kept case studies")
    def studies() -> list[s.SavedStudyOut]:
        """Return the kept case studies, last changed first."""
        return [s.SavedStudyOut.model_validate(dump(study)) for study in work.studies(owner())]

    @router.post("/studies", status_code=201, summary="Keep a case study")
    def add(study: s.StudyIn) -> s.IdOut:
        """Keep the draft of a case study."""
        return s.IdOut(id=work.add_study(owner(), study.name, study.draft.value()))

    @router.put("/studies/{id}", status_code=204, summary="Change a kept case study")
    def save(id: Id, study: s.ChangedStudyIn) -> None:  # noqa: A002
        """Change a case study; answered with 409 where it was changed elsewhere meanwhile."""
        work.save_study(owner(), id, study.name, study.draft.value(), study.version)

    @router.delete("/studies/{id}", status_code=204, summary="Delete a kept case study")
    def delete(id: Id) -> None:  # noqa: A002
        """Delete a kept case study; nothing of it stays in the file."""
        work.delete_study(owner(), id)


def _add_whole(router: APIRouter, work: WorkService) -> None:
    @router.get("/export", summary="Everything saved")
    def export() -> s.WorkOut:
        """Return everything saved."""
        return s.WorkOut.model_validate(work.export(owner()).as_json())

    @router.delete("", status_code=204, summary="Delete everything")
    def delete() -> None:
        """Delete everything saved; the file is written anew without it."""
        work.delete_everything(owner())


def _search(search: SavedSearch) -> s.SavedSearchOut:
    return s.SavedSearchOut.model_validate(dump(search))
