"""The pages of the review queue: what waits, and each page's picture beside its text.

Offered only where nobody else can reach the server: the texts may hold names of persons. Nothing
of them is logged or kept by a browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from search.errors import BadRequest
from search.model import Bilingual, Language
from web.forms import clean, refuse_other_sites
from web.render import Renderer

_DIGITS = re.compile(r"\d+")


class ScannedPage(Protocol):
    """A page as read or as corrected."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def doubts(self) -> Sequence[str]: ...
    @property
    def disputed(self) -> Sequence[str]: ...


class Queued(Protocol):
    """A file in the queue."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def pages(self) -> Sequence[ScannedPage]: ...
    @property
    def waiting(self) -> int: ...
    @property
    def first_waiting(self) -> int | None: ...


class Reason(Protocol):
    """Why a file is refused, and what to do, in both languages."""

    @property
    def why(self) -> Bilingual: ...
    @property
    def advice(self) -> Bilingual: ...


class Decision(Protocol):
    """What a decision led to: `end` is `waiting` or how the ingest ended."""

    @property
    def queued(self) -> Queued: ...
    @property
    def end(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def reason(self) -> Reason | None: ...


class Desk(Protocol):
    """What the pages ask of ingest/review.py."""

    def files(self) -> Sequence[Queued]: ...
    def file(self, name: str) -> Queued: ...
    def page(self, name: str, number: int) -> ScannedPage: ...
    def picture(self, name: str, number: int) -> bytes: ...
    def correct(self, name: str, number: int, text: str) -> Decision: ...
    def reject(self, name: str, numbers: Sequence[int]) -> Decision: ...


@dataclass(frozen=True, slots=True)
class Number:
    """A number on a page; `disputed`: a second reading does not have it."""

    text: str
    disputed: bool


class ReviewPages:
    """Routes of the queue in one language of the interface."""

    def __init__(self, desk: Desk, renderer: Renderer, language: Language) -> None:
        self._desk = desk
        self._renderer = renderer
        self._language = language
        self.router = APIRouter(prefix=f"/{language}/review", include_in_schema=False)
        for path, route, method in (
            ("", self.queue, "GET"),
            ("/{name}/{number:int}", self.page, "GET"),
            ("/{name}/{number:int}.png", self.picture, "GET"),
            ("/{name}/{number:int}", self.decide, "POST"),
        ):
            self.router.add_api_route(path, route, methods=[method], response_model=None)

    def queue(self, request: Request) -> Response:
        """List the files whose pages wait, then those that are done."""
        return self._queue(request, None)

    def page(self, request: Request, name: str, number: int) -> Response:
        """Show a page's text beside its picture."""
        queued, page = self._desk.file(name), self._desk.page(name, number)
        numbers = [p.number for p in queued.pages]
        place = numbers.index(number)
        context = {
            "queued": queued,
            "page": page,
            "numbers": tuple(numbers_of(page)),
            "before": numbers[place - 1] if place else None,
            "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        }
        return self._page(request, "review_page.html", context)

    def picture(self, name: str, number: int) -> Response:
        """Return the picture of a page."""
        return Response(self._desk.picture(name, number), media_type="image/png")

    async def decide(self, request: Request, name: str, number: int) -> Response:
        """Keep what a person decided; show the next page, or how the file has ended."""
        refuse_other_sites(request.headers)
        async with request.form(max_files=0, max_fields=2) as form:
            text, verdict = form.get("text"), form.get("verdict")
        if verdict not in ("accept", "reject") or not isinstance(text, str):
            raise BadRequest("A decision is `accept`, with the page's text, or `reject`.")
        return await run_in_threadpool(self._decided, request, name, number, verdict, clean(text))

    def _decided(
        self, request: Request, name: str, number: int, verdict: str, text: str
    ) -> Response:
        if verdict == "reject":
            decision = self._desk.reject(name, [number])
        else:
            decision = self._desk.correct(name, number, text)
        following = decision.queued.first_waiting
        if decision.end == "waiting" and following is not None:
            address = f"/{self._language}/review/{decision.queued.id}/{following}"
            return RedirectResponse(address, 303)
        return self._queue(request, decision)

    def _queue(self, request: Request, decision: Decision | None) -> Response:
        context = {"files": self._desk.files(), "decision": decision}
        return self._page(request, "review.html", context)

    def _page(self, request: Request, template: str, context: Mapping[str, object]) -> Response:
        return self._renderer.page(request, self._language, template, context)


def numbers_of(page: ScannedPage) -> Iterator[Number]:
    """Yield the numbers of a page in their order; the same number is disputed everywhere."""
    disputed = Counter(page.disputed)
    for found in _DIGITS.finditer(page.text):
        yield Number(found[0], disputed[_ascii(found[0])] > 0)


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)
