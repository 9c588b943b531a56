"""The page that tells offences apart, and its papers. Nothing of the facts is kept or logged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from search.distinction.limits import MAX_FACTS_CHARS, check_facts
from search.distinction.results import Distinction
from search.errors import BadRequest, NotHeld, TamyeezError
from search.model import Bilingual, Kind, Language
from search.offences import Signal
from web import display_distinction as display
from web import i18n, papers
from web.api import Service, parse_day
from web.examples import FACTS
from web.forms import FactsForm, read_facts_form
from web.render import Renderer
from web.routes import page_router

# Sentences of this page in the place of those meant for a search.
_OWN_ERRORS = frozenset({"query-empty", "query-too-long", "unreadable", "bad-request"})


@runtime_checkable
class SignalSource(Protocol):
    """A service that names everything a reader may assume."""

    def signals(self) -> tuple[Signal, ...]: ...


class DistinctionPages:
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
            ("POST", "", self.analyse),
            ("POST", "/paper.{form}", self.paper),
        )
        self.router = page_router(f"/{language}/distinguish", routes)

    def form(self, request: Request) -> Response:
        """Show the form; with `example`, what is read in invented facts."""
        example = request.query_params.get("example", "")
        if example not in set(Language):
            return self._page(request, {"asked": FactsForm(), "error": "", "example": ""})
        asked = FactsForm(facts=FACTS[Language(example)])
        return self._analysed(request, asked, example)

    async def analyse(self, request: Request) -> Response:
        """Read the facts sent and show every offence in reach, element by element."""
        try:
            asked = await read_facts_form(request)
        except TamyeezError as error:
            return self._refused(request, FactsForm(), error)
        return await run_in_threadpool(self._analysed, request, asked)

    async def paper(self, request: Request, form: str) -> Response:
        """Make a working paper of the reading, to be saved by the reader."""
        if form not in papers.MEDIA_TYPES:
            raise NotHeld(f"There is no paper of the form {form[:20]!r}.")
        asked = await read_facts_form(request)
        made = await run_in_threadpool(self._paper, asked, form)
        name = f"tamyeez-distinction-{self._language}.{form}"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(made, media_type=papers.MEDIA_TYPES[form], headers=disposition)

    def _analysed(self, request: Request, asked: FactsForm, example: str = "") -> Response:
        try:
            answer = self._read(asked)
        except TamyeezError as error:
            if error.status >= 500:
                raise
            return self._refused(request, asked, error)
        context = {"asked": asked, "error": "", "example": example, **self._context(asked, answer)}
        return self._page(request, context)

    def _read(self, asked: FactsForm) -> Distinction:
        check_facts(asked.facts)  # before the day: what is wrong with the facts says more
        day = parse_day(asked.day) if asked.day else None
        return self._service.distinguish(asked.facts, self._language, day, asked.what_if)

    def _context(self, asked: FactsForm, answer: Distinction) -> Mapping[str, object]:
        offences = display.touched(answer)
        separator = i18n.message(self._language, "sep")
        return {
            "answer": answer,
            "sentences": display.marked_facts(asked.facts, answer),
            "offences": offences,
            "silent": display.silent(answer),
            "questions": display.questions_by_offence(answer),
            "rungs": display.ladder(offences),
            "longest": display.longest_term(offences),
            "signals": self._signals(asked, answer),
            "names": self._names(asked, answer),
            "numbers": separator.join(i18n.number(self._language, n + 1) for n in asked.struck),
            "cite": display.Citations(self._service.instruments()).label,
            "view": display,
            "matter": Kind.JUDGMENT,
        }

    def _signals(
        self, asked: FactsForm, answer: Distinction
    ) -> Mapping[str, Mapping[str, Bilingual]]:
        """Return what can be assumed, by family; of a service that names none, what was changed."""
        families: dict[str, dict[str, Bilingual]] = {}
        if isinstance(self._service, SignalSource):
            for signal in self._service.signals():
                families.setdefault(signal.family, {})[signal.id] = signal.label
            return families
        known = {step.signal: step.label for step in answer.trace}
        known |= {a.move.signal: a.move.label for a in answer.alternatives if a.move}
        known |= {name: Bilingual(en=name) for name in asked.assumed if name not in known}
        return {"weighed": known} if known else {}

    def _names(self, asked: FactsForm, answer: Distinction) -> dict[str, Bilingual]:
        """Return what to call the signals, by their ids."""
        families = self._signals(asked, answer).values()
        return {name: label for known in families for name, label in known.items()}

    def _paper(self, asked: FactsForm, form: str) -> bytes:
        answer = self._read(asked)
        if form == "json":
            return papers.distinction_json(asked, answer)
        cite = display.Citations(self._service.instruments()).label
        names = self._names(asked, answer)
        paper = papers.distinction_paper(asked, answer, self._language, cite, names, self._version)
        write: Callable[[papers.Paper], bytes] = (
            papers.write_docx if form == "docx" else papers.write_pdf
        )
        return write(paper)

    def _refused(self, request: Request, asked: FactsForm, error: TamyeezError) -> Response:
        context = {"asked": asked, "error": self._sentence(asked, error), "example": ""}
        return self._page(request, context, error.status)

    def _sentence(self, asked: FactsForm, error: TamyeezError) -> str:
        code = error.code
        if code not in _OWN_ERRORS:
            return i18n.error_sentence(self._language, error)
        if isinstance(error, BadRequest) and code == "bad-request":
            code = "language" if _is_foreign(asked.facts) else code
        limit = i18n.number(self._language, MAX_FACTS_CHARS)
        return i18n.message(self._language, f"distinguish.error.{code}", limit=limit)

    def _page(
        self, request: Request, context: Mapping[str, object], status: int = 200
    ) -> HTMLResponse:
        shared = {"limit": MAX_FACTS_CHARS, "examples": FACTS}
        return self._renderer.page(
            request, self._language, "distinguish.html", {**shared, **context}, status
        )


def _is_foreign(facts: str) -> bool:
    try:
        check_facts(facts)
    except BadRequest as error:
        return error.code == "bad-request"
    return False
