"""Figures: of the matters collected and as published; tables, drawings, CSV and JSON of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from search.errors import NotHeld
from search.model import Bilingual, Language
from search.published_figures import Figure
from search.statistics import ReportedSanction, Statistics, Tally
from web import i18n
from web.api import Service
from web.charts import Row, bar_chart
from web.exports.tables import write_csv
from web.render import Renderer
from web.routes import page_router, refusals
from web.schemas_reference import StatisticsOut

COUNTS = ("year", "level", "outcome", "offence")
SERIES = ("dealing", "outcome-2023")
TONES = ("#12504a", "#c79a3a")  # Kuwait, other States; told apart in grey too


def statistics_api(service: Service) -> APIRouter:
    """Build the route of the figures."""
    router = APIRouter(prefix="/api", tags=["Collection"])

    @router.get(
        "/statistics",
        summary="Figures collected and published",
        responses=refusals({422: "A parameter out of bounds"}),
    )
    def statistics() -> StatisticsOut:
        """Return counts of the matters held, and published figures with what does not add up."""
        return StatisticsOut.model_validate(service.statistics())

    return router


class StatisticsPages:
    """Routes of the figures in one language of the interface."""

    def __init__(self, service: Service, renderer: Renderer, language: Language) -> None:
        self._service = service
        self._renderer = renderer
        self._language = language
        routes = (
            ("GET", "", self.page),
            ("GET", "/{name}.svg", self.drawing),
            ("GET", "/{name}.csv", self.table),
        )
        self.router = page_router(f"/{language}/statistics", routes)

    def page(self, request: Request) -> Response:
        """Show every table with its drawing."""
        figures = self._service.statistics()
        context = {
            "figures": figures,
            "counts": [(name, self._labelled(name, figures)) for name in COUNTS],
            "series": [(name, rows) for name in SERIES if (rows := _series(figures, name))],
        }
        return self._renderer.page(request, self._language, "statistics.html", context)

    def drawing(self, name: str) -> Response:
        """Draw one table as bars."""
        figures = self._service.statistics()
        say = self._say
        if name in COUNTS:
            legend = [say("statistics.home"), say("statistics.elsewhere")]
            rows = [
                Row(label, (tally.home, tally.elsewhere), i18n.number(self._language, tally.total))
                for label, tally in self._labelled(name, figures)
            ]
        elif name in SERIES:
            legend = []
            rows = [
                Row(self._series_label(name, f), (f.count,), i18n.number(self._language, f.count))
                for f in _series(figures, name)
            ]
        else:
            raise _no_table(name)
        chart = bar_chart(rows, legend, self._language)
        context = {"chart": chart, "tones": TONES, "title": say(f"statistics.{name}")}
        return self._renderer.drawing(self._language, "chart.svg", context)

    def table(self, name: str) -> Response:
        """Give one table as CSV that spreadsheets open in Arabic too."""
        figures = self._service.statistics()
        say = self._say
        if name in COUNTS:
            columns: tuple[str, ...] = ("value", name, "home", "elsewhere")
            rows: list[Sequence[object]] = [
                (tally.value, label, tally.home, tally.elsewhere)
                for label, tally in self._labelled(name, figures)
            ]
        elif name == "published":
            columns = ("year", "what", "count", "unit", "body", "period", "provision")
            rows = [self._published_row(figure) for figure in figures.published]
        elif name == "sanctions":
            columns = ("matter", "year", "sanction", "stage", "detail")
            rows = [self._sanction_row(reported) for reported in figures.sanctions]
        else:
            raise _no_table(name)
        made = write_csv([[say(f"statistics.column.{column}") for column in columns], *rows])
        file = f"tamyeez-{name}-{self._language}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(made, media_type="text/csv; charset=utf-8", headers=headers)

    def _say(self, key: str) -> str:
        return i18n.message(self._language, key)

    def _labelled(self, name: str, figures: Statistics) -> list[tuple[str, Tally]]:
        tables: Mapping[str, tuple[Tally, ...]] = {
            "year": figures.collected.by_year,
            "level": figures.collected.by_level,
            "outcome": figures.collected.by_outcome,
            "offence": figures.collected.by_offence,
        }
        return [(self._label(name, tally), tally) for tally in tables[name]]

    def _label(self, name: str, tally: Tally) -> str:
        if tally.label is not None:
            return tally.label.best(self._language)
        if name == "year":
            named = i18n.label(self._language, "statistics.year", tally.value)
            return i18n.digits(self._language, named)
        return i18n.label(self._language, name, tally.value)

    def _series_label(self, name: str, figure: Figure) -> str:
        if name == "dealing":
            return i18n.digits(self._language, str(figure.year))
        return figure.label.best(self._language)

    def _sanction_row(self, reported: ReportedSanction) -> Sequence[object]:
        one = reported.sanction
        return (
            reported.matter.id,
            reported.date or "",
            i18n.label(self._language, "sanction", one.kind),
            i18n.label(self._language, "ordered", one.by),
            one.detail.best(self._language),
        )

    def _published_row(self, figure: Figure) -> Sequence[object]:
        period = figure.period or Bilingual(str(figure.year), str(figure.year))
        return (
            figure.year,
            figure.label.best(self._language),
            figure.count,
            i18n.label(self._language, "unit", figure.unit),
            i18n.label(self._language, "body", figure.body),
            period.best(self._language),
            figure.provision,
        )


def _series(figures: Statistics, name: str) -> list[Figure]:
    return [figure for figure in figures.published if figure.series == name]


def _no_table(name: str) -> NotHeld:
    return NotHeld(f"There is no table named {name[:40]!r}.", id=name[:40])
