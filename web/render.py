"""Render templates: one Jinja2 environment, with the reader's language bound to each page."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from search import naming
from search.access import current_reader
from search.model import Bilingual, Fine, Imprisonment, Language
from web import display, i18n, links

_HERE = Path(__file__).parent
_LABELS = 8192  # kept as they are shown: some MB
STATIC = _HERE / "static"
# Marks that turn the direction of text; harmless inside an isolated block, not inside <title>.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Words:
    """The wording of one language, as templates call it."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def t(self, key: str, **values: object) -> str:
        """Return a message."""
        return i18n.message(self.language, key, **values)

    def n(self, key: str, n: int) -> str:
        """Return a counted noun."""
        return i18n.count(self.language, key, n)

    def number(self, n: int) -> str:
        """Return a number with the digits of the language."""
        return i18n.number(self.language, n)

    def percent(self, share: float) -> str:
        """Return a share of one in percent."""
        return i18n.percent(self.language, share)

    def digits(self, text: str) -> str:
        """Return a label of ours with the digits of the language."""
        return i18n.digits(self.language, text)

    def clause(self, path: str) -> str:
        """Return the name of a clause."""
        return i18n.clause(self.language, path)

    def date(self, value: dt.date | str) -> str:
        """Return a date in words."""
        return i18n.date(self.language, value)

    def label(self, prefix: str, value: str) -> str:
        """Return the name of a stored value."""
        return i18n.label(self.language, prefix, value)

    def term(self, months: int) -> str:
        """Return a term in years or months."""
        return i18n.term(self.language, months)

    def imprisonment(self, imprisonment: Imprisonment) -> str:
        """Return a term in words: "15 years", "3 years to 5 years or life"."""
        least, most = imprisonment.min_months, imprisonment.max_months
        parts = []
        if least is not None and least == most:
            parts.append(i18n.term(self.language, least))
        elif least is not None and most is not None:
            parts.append(self.t("penalty.between", least=self._term(least), most=self._term(most)))
        elif least is not None:
            parts.append(self.t("penalty.least", term=self._term(least)))
        elif most is not None:
            parts.append(self.t("penalty.most", term=self._term(most)))
        parts += [self.t("penalty.life")] if imprisonment.life else []
        parts += [self.t("penalty.death")] if imprisonment.death else []
        return f" {self.t('penalty.or')} ".join(parts)

    def fine(self, fine: Fine) -> str:
        """Return a fine in words: "KD 5,000 to 10,000 for each foreigner"."""
        least, most = fine.min_kwd, fine.max_kwd
        amount = ""
        if least is not None and most is not None and least != most:
            amount = self.t("penalty.kwd-between", least=self.number(least), most=self.number(most))
        elif least is not None:
            key = "penalty.exactly" if least == most else "penalty.least"
            amount = self.t(key, term=self.t("penalty.kwd", amount=self.number(least)))
        elif most is not None:
            amount = self.t("penalty.most", term=self.t("penalty.kwd", amount=self.number(most)))
        per = self.t("penalty.per", what=self.label("per", fine.per)) if fine.per else ""
        return f"{amount} {per}".strip()

    def _term(self, months: int) -> str:
        return i18n.term(self.language, months, of=True)


class Renderer:
    """Renders pages; built once for an application."""

    def __init__(
        self,
        version: str,
        reviewing: bool = False,
        recording: bool = False,
        working: bool = False,
        accounts: bool = False,
        keeping_library: bool = False,
        news: Callable[[], int] | None = None,
    ) -> None:
        """The pages of the review queue, of records, of one's work, of the library are there.

        `accounts`: readers sign in. `news` counts what is new to the present reader's searches.
        """
        self._version = version
        self._news = news
        self._words = {language: Words(language) for language in Language}
        self._versions = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            for path in STATIC.iterdir()
            if path.is_file()
        }
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # the shipped templates do not change while they are served
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(plain=plain)
        self._environment.globals.update(
            accounts=accounts,
            align=display.align,
            api_search=links.api_search,
            blocks=display.blocks,
            cite_provision=naming.cite_provision,
            contents=display.grouped_contents,
            contents_beside=display.contents_beside,
            direction=direction,
            excerpt=display.excerpt,
            held_language=held_language,
            isolated=isolated,
            keeping_library=keeping_library,
            linked=display.linked,
            language_of=display.language_of,
            localised=i18n.readable,
            name_provision=naming.name_provision,
            pair=display.primary_pair,
            recording=recording,
            reviewing=reviewing,
            static=self.static_url,
            unit_url=links.unit_url,
            with_parameters=links.with_parameters,
            working=working,
        )
        # A module, not an import per template: blocks, includes and macros all see it.
        self._environment.globals["m"] = self._environment.get_template("macros.html").module

    def page(
        self,
        request: Request,
        language: Language,
        template: str,
        context: Mapping[str, object],
        status: int = 200,
    ) -> HTMLResponse:
        """Render a template in a language."""
        other = Language.EN if language is Language.AR else Language.AR
        path = request.url.path
        reader = current_reader()
        html = self._environment.get_template(template).render(
            w=self._words[language],
            lang=language,
            other=other,
            version=self._version,
            path=path,
            reader=reader,
            news=self._news() if self._news and reader.may("work") else 0,
            switch_url=links.in_language(other, path, request.url.query),
            query=request.query_params.get("q", ""),
            **context,
        )
        return HTMLResponse(html, status, headers={"Content-Language": language.value})

    def drawing(self, language: Language, template: str, context: Mapping[str, object]) -> Response:
        """Render a template of SVG in a language."""
        svg = self._environment.get_template(template).render(lang=language, **context)
        headers = {"Content-Language": language.value}
        return Response(svg, media_type="image/svg+xml", headers=headers)

    def static_url(self, name: str) -> str:
        """Return the address of a shipped file; it changes when the file does."""
        return f"/static/{name}?v={self._versions[name]}"


def direction(language: Language) -> str:
    """Return the value of `dir` for a language."""
    return "rtl" if language is Language.AR else "ltr"


def held_language(label: Bilingual, wanted: Language) -> Language:
    """Return the language in which a label will be shown."""
    held = label.ar if wanted is Language.AR else label.en
    if held:
        return wanted
    return Language.EN if wanted is Language.AR else Language.AR


def isolated(label: Bilingual, words: Words) -> Markup:
    """Return a label as `<bdi>` in whichever language it is held; pages hold hundreds of them."""
    return _isolated(label, words.language)


@lru_cache(_LABELS)
def _isolated(label: Bilingual, language: Language) -> Markup:
    held = held_language(label, language)
    text = escape(i18n.readable(held, label.best(language)))
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(held.value, direction(held), text)


def plain(text: str) -> str:
    """Drop the marks that turn the direction of text, where no element can isolate them."""
    return _BIDI_CONTROLS.sub("", text)
