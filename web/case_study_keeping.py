"""Keep a case study in one's work, and go on with a kept one, one's own or a colleague's."""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from search.access import owner
from search.casebook import Draft
from search.casebook.draft import DEFAULT_TITLE
from search.errors import EditConflict, LimitReached, NotSaved
from search.work import WorkService
from search.work.model import MAX_NAME_CHARS
from search.work.rows import gone
from search.work.sharing import Sharing
from web.api import Service
from web.case_studies import CaseStudyPages
from web.case_study_form import Kept, read_form
from web.routes import page_router


class KeptStudies:
    """Routes beside the builder's in one language of the interface."""

    def __init__(
        self,
        builder: CaseStudyPages,
        service: Service,
        work: WorkService,
        sharing: Sharing | None,
    ) -> None:
        """Take the builder, which shows the form; `sharing` where readers have accounts."""
        self._builder = builder
        self._service = service
        self._work = work
        self._sharing = sharing
        self._language = builder.language
        self._home = f"/{builder.language}/case-studies"
        routes = (
            ("GET", "/kept/{id}", self.open),
            ("GET", "/shared/{id}", self.copy),
            ("POST", "/keep", self.keep),
        )
        self.router = page_router(self._home, routes)

    def open(self, request: Request, id: str) -> Response:  # noqa: A002 - the address's name
        """Go on with a case study that was kept."""
        held = self._work.study(owner(), id)
        kept = Kept(held.id, held.version, held.name)
        return self._shown(request, held.draft, kept)

    def copy(self, request: Request, id: str) -> Response:  # noqa: A002
        """Begin with a copy of a case study that a colleague shares."""
        owner()  # who keeps no work reads none
        shared = self._sharing.one(id) if self._sharing else None
        if shared is None or shared.study is None:
            raise gone()
        return self._shown(request, shared.study.draft, Kept(name=shared.name))

    async def keep(self, request: Request) -> Response:
        """Keep the form as it is, and show it again."""
        draft, _, kept = await read_form(request)
        return await run_in_threadpool(self._keep, request, draft, kept)

    def _keep(self, request: Request, draft: Draft, kept: Kept) -> Response:
        material = self._service.case_material(draft.matters)
        titles = (kept.name, draft.title.best(self._language), DEFAULT_TITLE.best(self._language))
        name = next(title for title in titles if title)[:MAX_NAME_CHARS]
        try:
            study = self._kept(draft, kept, name)
        except (EditConflict, NotSaved, LimitReached) as error:
            # Shown without its id: what is then kept becomes a case study of its own.
            again = Kept(name=name)
            return self._builder.built(request, material, draft, error, kept=again)
        return RedirectResponse(f"{self._home}/kept/{study}?kept=yes", 303)

    def _kept(self, draft: Draft, kept: Kept, name: str) -> str:
        if not kept.id:
            return self._work.add_study(owner(), name, draft)
        self._work.save_study(owner(), kept.id, name, draft, kept.version)
        return kept.id

    def _shown(self, request: Request, draft: Draft, kept: Kept) -> Response:
        material = self._service.case_material(draft.matters)
        return self._builder.built(request, material, draft, kept=kept)
