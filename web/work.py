"""The pages of one's work: notes and labels, folders, saved searches, facts and case studies.

Everything works by forms; a form from another site is refused. Nothing of it is logged, and no
browser keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from search.access import matrix, owner
from search.distinction.limits import check_facts
from search.errors import BadRequest, EditConflict, LimitReached, NotHeld, TamyeezError
from search.model import Language, Query
from search.text.language import detect_language
from search.work import WorkService
from search.work.model import NoteDraft, SavedFacts, Wanted
from search.work.news import FITTING, LOOKED_THROUGH
from search.work.service import PAGE_SIZE
from search.work.sharing import Sharing
from web import i18n, papers
from web.forms import read_facts_form
from web.links import with_parameters
from web.narrowing import FILTERS
from web.pages import asked_query
from web.papers.work import work_html_context, work_json, work_paper
from web.record import named_filters
from web.render import Renderer
from web.work_forms import read_draft, read_form, read_number

MAX_PAGE = 1000
ALERTS_WAIT_S = 2.0  # for what is new to be counted
_ID = "{id:str}"
_WANTED = ("words", "folder", "label", "target")
_WORDS_CHARS = 500
_MEDIA = {
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

Form = Mapping[str, str]


class WorkPages:
    """Routes of one's work in one language of the interface."""

    def __init__(
        self,
        work: WorkService,
        sharing: Sharing | None,
        renderer: Renderer,
        language: Language,
        version: str,
    ) -> None:
        """`sharing` where readers have accounts, see web/work_sharing.py."""
        self._work = work
        self._sharing = sharing
        self._renderer = renderer
        self._language = language
        self._version = version
        self._home = f"/{language}/my-work"
        self.router = APIRouter(prefix=self._home, include_in_schema=False)
        for path, show in (
            ("", self.overview),
            ("/notes/new", self.new_note),
            (f"/notes/{_ID}", self.note),
            (f"/searches/{_ID}", self.search),
            (f"/facts/{_ID}", self.facts),
            (f"/studies/{_ID}", self.study),
            ("/export", self.export),
            ("/export.{form}", self.download),
        ):
            self.router.add_api_route(path, show, methods=["GET"], response_model=None)
        for path, act in (
            ("/notes/new", self.add_note),
            (f"/notes/{_ID}", self.save_note),
            (f"/notes/{_ID}/delete", self._deleting(work.delete_note)),
            ("/folders", self.add_folder),
            (f"/folders/{_ID}", self.rename_folder),
            (f"/folders/{_ID}/delete", self._deleting(work.delete_folder)),
            ("/searches", self.add_search),
            (f"/searches/{_ID}/seen", self.mark_seen),
            (f"/searches/{_ID}/delete", self._deleting(work.delete_search)),
            ("/facts", self.add_facts),
            (f"/facts/{_ID}/delete", self._deleting(work.delete_facts)),
            (f"/studies/{_ID}/delete", self._deleting(work.delete_study)),
            ("/delete", self.delete_everything),
        ):
            self.router.add_api_route(path, act, methods=["POST"], response_model=None)

    def overview(self, request: Request) -> Response:
        """Show the notes meant, and what else is saved."""
        given = request.query_params
        wanted = Wanted(**{name: given.get(name, "")[:_WORDS_CHARS] for name in _WANTED})
        page = _page_number(given.get("page", ""))
        found = self._work.notes(owner(), wanted, (page - 1) * PAGE_SIZE)
        context = {
            "found": found,
            "wanted": wanted,
            "parameters": {name: getattr(wanted, name) for name in _WANTED},
            "page": page,
            "more": page * PAGE_SIZE < found.total,
            "folders": self._work.folders(owner()),
            "labels": self._work.labels(owner()),
            "searches": self._work.searches(owner()),
            "alerts": self._work.alerts.counts(owner(), ALERTS_WAIT_S),
            "facts": self._work.facts(owner()),
            "studies": self._work.studies(owner()),
            "shared": self._sharing.shared_with_me() if self._sharing else None,
            **self._shares(request, wanted.folder),
        }
        return self._page(request, "work.html", context)

    def new_note(self, request: Request) -> Response:
        """Show the form of a new note, beside the notes there are on the same."""
        return self._new_note(request, request.query_params.get("target", ""), NoteDraft())

    async def add_note(self, request: Request) -> Response:
        """Keep a new note."""
        form = await read_form(request)

        def add() -> Response:
            target, draft = form.get("target", ""), read_draft(form)
            try:
                note = self._work.add_note(owner(), target, draft)
            except LimitReached as error:
                return self._new_note(request, target, draft, error)
            return self._go(f"/notes/{note}", saved="yes")

        return await run_in_threadpool(add)

    def note(self, request: Request, id: str) -> Response:  # noqa: A002 - the address's name
        """Show a note in its form."""
        saved = request.query_params.get("saved") == "yes"
        return self._note(request, id, {"saved": saved})

    async def save_note(self, request: Request, id: str) -> Response:  # noqa: A002
        """Change a note, unless it was changed elsewhere meanwhile: then show both."""
        form = await read_form(request)

        def save() -> Response:
            draft, version = read_draft(form), read_number(form, "version")
            try:
                self._work.save_note(owner(), id, draft, version, seen="seen" in form)
            except (EditConflict, LimitReached) as error:
                return self._note(request, id, {"draft": draft, "error": error}, error.status)
            return self._go(f"/notes/{id}", saved="yes")

        return await run_in_threadpool(save)

    async def add_folder(self, request: Request) -> Response:
        """Keep a new folder."""
        form = await read_form(request)
        folder = await run_in_threadpool(self._work.add_folder, owner(), form.get("name", ""))
        return self._go(folder=folder)

    async def rename_folder(self, request: Request, id: str) -> Response:  # noqa: A002
        """Rename a folder."""
        form = await read_form(request)
        name, version = form.get("name", ""), read_number(form, "version")
        await run_in_threadpool(self._work.rename_folder, owner(), id, name, version)
        return self._go(folder=id)

    async def add_search(self, request: Request) -> Response:
        """Keep a search; without a name it is called by its words."""
        form = await read_form(request)
        asked = {name: form.get(name, "") for name in ("q", *FILTERS, "expand")}
        name = form.get("name") or asked["q"][:80]

        def add() -> str:
            return self._work.add_search(owner(), name, asked_query({**asked, "page": ""}))

        return self._go(f"/searches/{await run_in_threadpool(add)}")

    def search(self, request: Request, id: str) -> Response:  # noqa: A002
        """Run a saved search and show what is new."""
        new = self._work.what_is_new(owner(), id)
        query = new.search.query
        context = {
            "new": new,
            "search": new.search,
            "address": search_address(self._language, query),
            "filters": named_filters(self._language, query.filters),
            "depth": LOOKED_THROUGH,
            "fitting": len({n for of in new.fitting for n in of.documents}),
            "fitting_depth": FITTING,
            **self._shares(request, id),
        }
        return self._page(request, "work_search.html", context)

    async def mark_seen(self, request: Request, id: str) -> Response:  # noqa: A002
        """Note that what is new has been looked at."""
        form = await read_form(request)
        last = read_number(form, "last")
        await run_in_threadpool(self._work.mark_seen, owner(), id, last)
        return self._go(f"/searches/{id}")

    async def add_facts(self, request: Request) -> Response:
        """Keep the facts of the page that tells offences apart, as they were read there."""
        asked = await read_facts_form(request)
        check_facts(asked.facts)

        def add() -> str:
            language = detect_language(asked.facts) or Language.AR
            name = " ".join(asked.facts.split())[:80]
            changes = tuple(asked.assumed.items())
            saved = SavedFacts(
                "", name, asked.facts, language, asked.day[:10], asked.struck, changes, ""
            )
            return self._work.add_facts(owner(), saved)

        return self._go(f"/facts/{await run_in_threadpool(add)}")

    def facts(self, request: Request, id: str) -> Response:  # noqa: A002
        """Show saved facts, and the form that reads them again."""
        saved = self._work.one_of_facts(owner(), id)
        return self._page(request, "work_facts.html", {"saved": saved})

    def study(self, request: Request, id: str) -> Response:  # noqa: A002
        """Show a kept case study, which its builder opens."""
        context = {"study": self._work.study(owner(), id), **self._shares(request, id)}
        return self._page(request, "work_study.html", context)

    def export(self, request: Request) -> Response:
        """Show everything saved on one page, to be read or printed."""
        context = work_html_context(self._work.export(owner()))
        return self._page(request, "work_export.html", context)

    def download(self, request: Request, form: str) -> Response:
        """Give everything saved as a file."""
        if form not in _MEDIA:
            raise NotHeld(f"There is no export of the form {form[:20]!r}.")
        export = self._work.export(owner())
        if form == "json":
            made = work_json(export)
        else:
            made = papers.write_docx(work_paper(export, self._language, self._version))
        disposition = {"Content-Disposition": f'attachment; filename="tamyeez-work.{form}"'}
        return Response(made, media_type=_MEDIA[form], headers=disposition)

    async def delete_everything(self, request: Request) -> Response:
        """Delete everything, where the box beside the button says so."""
        form = await read_form(request)
        if form.get("sure") != "yes":
            raise BadRequest("To delete everything, tick the box that says so.")
        await run_in_threadpool(self._work.delete_everything, owner())
        return self._go()

    def _deleting(
        self, delete: Callable[[str, str], None]
    ) -> Callable[[Request, str], Awaitable[Response]]:
        async def act(request: Request, id: str) -> Response:  # noqa: A002
            await read_form(request)
            await run_in_threadpool(delete, owner(), id)
            return self._go()

        return act

    def _new_note(
        self, request: Request, target: str, draft: NoteDraft, error: TamyeezError | None = None
    ) -> Response:
        noted = self._work.target(target)
        context = {
            "view": None,
            "target": noted,
            "draft": draft,
            "others": self._work.notes(owner(), Wanted(target=noted.id)).notes,
            "folders": self._work.folders(owner()),
            "error": self._sentence(error),
            "conflict": False,
            "saved": False,
        }
        return self._page(request, "work_note.html", context, error.status if error else 200)

    def _note(
        self, request: Request, note: str, more: Mapping[str, Any], status: int = 200
    ) -> Response:
        view = self._work.note(owner(), note)
        held = view.note
        error = more.get("error")
        context = {
            "view": view,
            "target": None,
            "draft": NoteDraft(held.text, held.labels, held.folder),
            "others": (),
            "folders": self._work.folders(owner()),
            "saved": False,
            **more,
            "error": self._sentence(error),
            "conflict": isinstance(error, EditConflict),
        }
        return self._page(request, "work_note.html", context, status)

    def _shares(self, request: Request, item: str) -> dict[str, object]:
        if self._sharing is None:
            return {"shares": None}
        roles = matrix().roles
        return {
            "shares": [share for share in self._sharing.shares(owner()) if share.item == item],
            "roles": [roles[name] for name in self._sharing.roles()],
            "unknown": request.query_params.get("unknown") == "yes",
        }

    def _sentence(self, error: TamyeezError | None) -> str:
        return i18n.error_sentence(self._language, error) if error else ""

    def _go(self, path: str = "", **parameters: str) -> Response:
        return RedirectResponse(with_parameters(f"{self._home}{path}", parameters), 303)

    def _page(
        self, request: Request, template: str, context: Mapping[str, object], status: int = 200
    ) -> Response:
        return self._renderer.page(
            request, self._language, template, {"home": self._home, **context}, status
        )


def search_address(language: Language, query: Query) -> str:
    """Return the page of the results of a kept search."""
    filters = query.filters
    parameters = {
        "q": query.text,
        "kind": filters.kind,
        "instrument": filters.work,
        **dict(filters.traits),
        "lang": filters.language,
        "authority": filters.authority,
        "as_at": filters.as_at.isoformat() if filters.as_at else None,
        "expand": None if query.expand else "no",
    }
    return with_parameters(f"/{language}/", parameters)


def _page_number(text: str) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text) or int(text) > MAX_PAGE:
        raise BadRequest(f"page must be a number from 1 to {MAX_PAGE}.")
    return int(text)
