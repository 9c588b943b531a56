"""The ladder of penalties and the radar of stale references: pages, drawing and tables."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from search.comparing import MAX_ASKED_CHARS
from search.comparison import Ladder, Rung
from search.model import Imprisonment, Language
from search.results import CitationStatus
from search.surveying import MAX_RUNGS
from web.api import Service
from web.charts import Row, Span, range_chart
from web.exports.surveys import ladder_rows, stale_rows
from web.exports.tables import csv_answer
from web.render import Renderer, Words
from web.routes import page_router

RUNGS = 100  # of a page
DRAWN = 40  # of a drawing
# A bar of 100 parts: where fixed terms end, where life does; death fills it.
_BAR_TERM, _BAR_LIFE, _BAR_DEATH = 76, 88, 100
TONES = ("#12504a", "#8a4b16", "#7a1f1f")  # a term, life, death; told apart in grey too


class SurveyPages:
    """Routes of the pages in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        self._words = Words(language)
        routes = (
            ("GET", "/penalties", self.penalties),
            ("GET", "/penalties.svg", self.drawing),
            ("GET", "/penalties.csv", self.penalty_table),
            ("GET", "/stale", self.stale),
            ("GET", "/stale.csv", self.stale_table),
        )
        self.router = page_router(f"/{language}", routes)

    def penalties(self, request: Request) -> Response:
        """Show the ladder for the offences chosen, or for a provision."""
        answer, offences, asked = self._ladder(request, RUNGS)
        scale = _longest_of(answer.rungs)
        context = {
            "answer": answer,
            "rows": [(rung, *_bar(rung.penalty.imprisonment, scale)) for rung in answer.rungs],
            "chosen": frozenset(offences),
            "asked": asked,
            "longest": scale,
            "drawn": min(len(answer.rungs), DRAWN),
            "parameters": request.url.query,
            "data": f"/api/penalties?{urlencode(self._chosen(request))}".rstrip("?"),
            "choices": sorted(
                answer.offences,
                key=lambda of: (of[0].id not in offences, of[0].label.best(self._language)),
            ),
        }
        return self._renderer.page(request, self._language, "penalties.html", context)

    def drawing(self, request: Request) -> Response:
        """Draw the gravest penalties chosen as bars from the least term to the most."""
        answer, _, _ = self._ladder(request, DRAWN)
        scale = _longest_of(answer.rungs)
        t = self._words.t
        rows = [self._drawn(rung, scale) for rung in answer.rungs]
        legend = [t("ladder.legend.term"), t("penalty.life"), t("penalty.death")]
        context = {
            "chart": range_chart(rows, legend, self._language),
            "tones": TONES,
            "title": t("ladder.title"),
        }
        return self._renderer.drawing(self._language, "chart.svg", context)

    def penalty_table(self, request: Request) -> Response:
        """Give the ladder as CSV."""
        answer, _, _ = self._ladder(request, MAX_RUNGS)
        return csv_answer(ladder_rows(answer.rungs), f"tamyeez-penalties-{self._language}.csv")

    def stale(self, request: Request) -> Response:
        """Show what provisions in force cite of law that is not."""
        answer = self._service.stale_references()
        groups = {
            key: [found for found in answer.references if found.recital is recital]
            for key, recital in (("provisions", False), ("recitals", True))
        }
        context = {"answer": answer, "groups": groups}
        return self._renderer.page(request, self._language, "stale.html", context)

    def stale_table(self) -> Response:
        """Give the stale references as CSV."""
        rows = stale_rows(self._service.stale_references().references)
        return csv_answer(rows, f"tamyeez-stale-references-{self._language}.csv")

    def _ladder(self, request: Request, limit: int) -> tuple[Ladder, Sequence[str], str]:
        chosen = self._chosen(request)
        offences = [value for name, value in chosen if name == "offence"]
        provisions = [value for name, value in chosen if name == "provision"]
        asked = request.query_params.get("provision", "").strip()
        return self._service.penalty_ladder(offences, provisions, limit), offences, asked

    def _chosen(self, request: Request) -> list[tuple[str, str]]:
        """Return the offences and provisions asked for, as the API takes them."""
        asked = request.query_params.get("provision", "").strip()
        offences = request.query_params.getlist("offence")
        provisions = self._provisions(asked) if asked else []
        return [
            *(("offence", one) for one in offences),
            *(("provision", one) for one in provisions),
        ]

    def _provisions(self, asked: str) -> list[str]:
        """Read ids or citations of provisions; what is neither is left for the service to say."""
        cited = [
            citation.provision
            for citation in self._service.cite(asked[:MAX_ASKED_CHARS])
            if citation.status is CitationStatus.RESOLVED and citation.provision
        ]
        return cited or asked[:MAX_ASKED_CHARS].split()

    def _drawn(self, rung: Rung, scale: int) -> tuple[Row, Span]:
        term = rung.penalty.imprisonment
        start, length = _bar(term, scale)
        cited = rung.provision.label.best(self._language)
        applies = rung.penalty.applies.best(self._language)
        printed = self._words.imprisonment(term) if term else self._words.t("penalty.none")
        label = self._words.digits(f"{cited}: {applies}")
        tone = 2 if term and term.death else 1 if term and term.life else 0
        return Row(label, (), printed), Span(start, length, tone)


def _longest_of(rungs: Sequence[Rung]) -> int:
    return max((_longest(rung) for rung in rungs), default=0)


def _longest(rung: Rung) -> int:
    term = rung.penalty.imprisonment
    return max(term.min_months or 0, term.max_months or 0) if term else 0


def _bar(term: Imprisonment | None, scale: int) -> tuple[int, int]:
    """Return where a term's bar starts and how long it is: to the end for life and death."""
    if term is None:
        return 0, 0
    most = round(_BAR_TERM * max(term.max_months or 0, term.min_months or 0) / max(scale, 1))
    if term.min_months is not None and term.max_months is None:
        most = _BAR_TERM  # "at least": up to the longest term known here
    most = _BAR_LIFE if term.life else most
    most = _BAR_DEATH if term.death else most
    least = round(_BAR_TERM * (term.min_months or 0) / max(scale, 1))
    if term.min_months is None and term.max_months is None:
        least = _BAR_TERM if term.life else _BAR_LIFE
    start = max(min(least, most - 2), 0)
    return start, most - start
