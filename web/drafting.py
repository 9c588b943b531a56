"""A draft article laid against its siblings: page and API. Nothing of the draft is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from search.comparing import MAX_ASKED_CHARS
from search.drafting import MAX_DRAFT_CHARS, MAX_SIBLINGS, DraftReading
from search.errors import NotHeld, TamyeezError
from search.model import Bilingual, Language
from web import i18n, papers
from web.api import Service
from web.display import language_of
from web.display_distinction import Citations
from web.forms import clean, refuse_other_sites
from web.render import Renderer, Words, plain
from web.routes import page_router, refusals
from web.schemas_drafting import DraftIn, DraftReadingOut

# Invented drafts to try the page with; each cites law that is no longer in force.
DRAFTS: Mapping[Language, str] = {
    Language.AR: (
        "المادة ٥\n"
        "يعد مرتكباً لجريمة الاتجار بالأشخاص ويعاقب بالحبس عشر سنوات كل من جند شخصاً أو نقله أو آواه "
        "بالقوة أو الخداع بقصد استغلاله في السخرة أو الدعارة.\n"
        "وتكون العقوبة الحبس المؤبد إذا كان المجني عليه طفلاً.\n"
        "ولا يخل ذلك بالمادة ٢٤ من المرسوم رقم ١٧ لسنة ١٩٥٩."
    ),
    Language.EN: (
        "Article 5\n"
        "Whoever recruits, moves or harbours a person by force or deception in order to exploit "
        "that person in forced labour or prostitution commits trafficking in persons and is "
        "punished with imprisonment for ten years.\n"
        "The penalty is life imprisonment if the victim is a child.\n"
        "This is without prejudice to article 24 of Decree 17/1959."
    ),
}
# Sentences of this page in the place of those meant for a search.
_OWN_ERRORS = frozenset({"query-empty", "query-too-long"})


def drafting_api(service: Service) -> APIRouter:
    """Build the route of the API."""
    router = APIRouter(prefix="/api", tags=["Compare"])

    @router.post(
        "/draft",
        summary="Lay a draft article against its siblings",
        responses=refusals(
            {
                400: "Too many paragraphs, or a sibling misnamed",
                403: "Sent by another site's page",
                404: "A sibling that is not held",
                422: "Nothing to read, or too much",
            }
        ),
    )
    def draft(request: Request, asked: DraftIn) -> DraftReadingOut:
        """Read a draft by component, find what comes nearest, list what it lacks."""
        refuse_other_sites(request.headers)
        answer = service.read_draft(plain(clean(asked.text)), asked.siblings, asked.language)
        return DraftReadingOut.model_validate(answer)

    return router


class DraftPages:
    """Routes of the page in one language of the interface."""

    def __init__(
        self, service: Service, renderer: Renderer, language: Language, version: str
    ) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        self._version = version
        routes = (
            ("GET", "", self.form),
            ("POST", "", self.read),
            ("POST", "/paper.{form}", self.paper),
        )
        self.router = page_router(f"/{language}/draft", routes)

    def form(self, request: Request) -> Response:
        """Show the form; with `example`, what is read in an invented draft."""
        example = request.query_params.get("example", "")
        if example not in set(Language):
            return self._page(request, {"draft": "", "against": ""})
        return self._answered(request, DRAFTS[Language(example)], "", example)

    async def read(self, request: Request) -> Response:
        """Read the draft sent and lay it against its siblings."""
        draft, against = await _sent(request)
        return await run_in_threadpool(self._answered, request, draft, against)

    async def paper(self, request: Request, form: str) -> Response:
        """Make a working paper of the reading, to be saved by the reader."""
        if form not in papers.MEDIA_TYPES:
            raise NotHeld(f"There is no paper of the form {form[:20]!r}.", id=form[:20])
        draft, against = await _sent(request)
        try:
            made = await run_in_threadpool(self._paper, draft, against, form)
        except TamyeezError as error:
            return self._refused(request, {"draft": draft, "against": against}, error)
        file = f"tamyeez-draft-{self._language}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(made, media_type=papers.MEDIA_TYPES[form], headers=headers)

    def _paper(self, draft: str, against: str, form: str) -> bytes:
        answer = self._service.read_draft(draft, self._siblings(against), None)
        if form == "json":
            return papers.draft_json(answer)
        made = papers.draft_paper(answer, Words(self._language), self._cite(), self._version)
        return papers.write_docx(made) if form == "docx" else papers.write_pdf(made)

    def _cite(self) -> Callable[[str], Bilingual]:
        return Citations(self._service.instruments()).label

    def _answered(self, request: Request, draft: str, against: str, example: str = "") -> Response:
        asked = {"draft": draft, "against": against, "example": example}
        try:
            answer = self._service.read_draft(draft, self._siblings(against), None)
        except TamyeezError as error:
            return self._refused(request, asked, error)
        context = _context(answer) | {"onward": self._onward(answer), "cite": self._cite()}
        return self._page(request, {**asked, "answer": answer, **context})

    def _refused(
        self, request: Request, asked: Mapping[str, object], error: TamyeezError
    ) -> Response:
        if error.status >= 500:
            raise error
        return self._page(request, {**asked, "error": self._sentence(error)}, error.status)

    def _onward(self, answer: DraftReading) -> dict[str, str]:
        """Return where the siblings are compared with each other, and their penalties ranked."""
        named = [side.id for side in answer.siblings]
        sides = [
            *zip(("left", "right"), named, strict=False),
            *(("also", id_) for id_ in named[2:]),
        ]
        return {
            "compare": f"/{self._language}/compare?{urlencode(sides)}",
            "penalties": f"/{self._language}/penalties?{urlencode({'provision': ' '.join(named)})}",
        }

    def _siblings(self, against: str) -> Sequence[str]:
        """Read one id or citation a line; commas separate ids too."""
        named = re.split(r"[\n;؛]+|,(?=\s*[a-z]+-)", against)
        return [one.strip()[: MAX_ASKED_CHARS + 1] for one in named if one.strip()]

    def _sentence(self, error: TamyeezError) -> str:
        reason = f"compare.error.{error.details.get('reason', '')}"
        if reason in i18n.CATALOGUES[self._language]:
            return i18n.message(self._language, reason)
        if error.code in _OWN_ERRORS:
            limit = i18n.number(self._language, MAX_DRAFT_CHARS)
            return i18n.message(self._language, f"draft.error.{error.code}", limit=limit)
        if error.code == "bad-request":
            return i18n.message(self._language, "draft.error.bad-request")
        return i18n.error_sentence(self._language, error)

    def _page(self, request: Request, context: Mapping[str, object], status: int = 200) -> Response:
        shared = {
            "answer": None,
            "error": "",
            "example": "",
            "limit": MAX_DRAFT_CHARS,
            "max_siblings": MAX_SIBLINGS,
        }
        return self._renderer.page(
            request, self._language, "draft.html", {**shared, **context}, status
        )


async def _sent(request: Request) -> tuple[str, str]:
    """Read the form: the draft, and what it is to be laid against."""
    refuse_other_sites(request.headers)
    async with request.form(max_files=0, max_fields=10) as form:
        draft, against = (plain(clean(str(form.get(n, "")))) for n in ("draft", "against"))
    return draft, against


def _context(answer: DraftReading) -> dict[str, object]:
    return {
        "columns": (answer.draft, *answer.siblings),
        "written": language_of(answer.draft.text),
        "stale": [cited for cited in answer.citations if cited.ended],
    }
