"""The Atom feed of one's alerts: what is new to one's saved searches and fits them.

Programs that read feeds cannot sign in: the address holds a token, which opens no more than its
account's alerts. It is asked for before anything else, and a bad one is told nothing.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from search.access import Reader, acting_as
from search.accounts import Accounts
from search.model import Language
from search.work import WorkService
from search.work.model import Fitting, SavedSearch
from search.work.sharing import FEED
from web import i18n
from web.links import unit_url

MAX_ENTRIES = 100
COUNT_WAIT_S = 30.0
_ATOM = "http://www.w3.org/2005/Atom"
_LONG_AGO = "1970-01-01T00:00:00+00:00"  # the state of a feed without searches


class _News(NamedTuple):
    """An entry before it is written."""

    updated: str
    search: SavedSearch
    fitting: Fitting


class Feed:
    """The feed in one language of the interface."""

    def __init__(
        self, work: WorkService, accounts: Accounts, language: Language, secure: bool
    ) -> None:
        """`secure`: readers come over TLS."""
        self._work = work
        self._accounts = accounts
        self._language = language
        self._secure = secure
        self.router = APIRouter(include_in_schema=False)
        path = f"/{language}/feed.atom"
        self.router.add_api_route(path, self.feed, methods=["GET"], response_model=None)

    def feed(self, request: Request) -> Response:
        """Return what is new, as the account of the token may see it."""
        reader = self._accounts.reader_of_token(request.query_params.get("token", ""))
        if reader is None or not reader.may(FEED):
            raise HTTPException(404)
        scheme = "https" if self._secure else request.url.scheme
        with acting_as(reader):
            made = self._write(reader, f"{scheme}://{request.url.netloc}")
        return Response(made, media_type="application/atom+xml; charset=utf-8")

    def _write(self, reader: Reader, site: str) -> bytes:
        searches = self._work.searches(reader.id)
        counts = self._work.alerts.counts(reader.id, COUNT_WAIT_S)
        news = sorted(
            (
                _News(fitting.met_at or search.seen_at, search, fitting)
                for search in searches
                if search.id in counts
                for fitting in self._work.what_is_new(reader.id, search.id).fitting
            ),
            key=lambda one: one.updated,
            reverse=True,
        )[:MAX_ENTRIES]
        seen = max((search.seen_at for search in searches), default=_LONG_AGO)
        feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": self._language.value})
        # No link to the feed itself: its address holds the token.
        _add(feed, "id", _urn(reader.id))
        _add(feed, "title", i18n.message(self._language, "feed.title"))
        _add(feed, "updated", max([seen, *(one.updated for one in news)]))
        _add(ET.SubElement(feed, "author"), "name", i18n.message(self._language, "name"))
        for one in news:
            self._add_entry(feed, site, one)
        made: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        return made

    def _add_entry(self, feed: ET.Element, site: str, news: _News) -> None:
        hit, search = news.fitting.hit, news.search
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", _urn(f"{search.id} {hit.id} {max(news.fitting.documents)}"))
        _add(entry, "title", i18n.readable(self._language, hit.citation.best(self._language)))
        _add(entry, "updated", news.updated)
        link = site + unit_url(self._language, hit.id, hit.kind)
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": link})
        _add(entry, "summary", i18n.message(self._language, "feed.entry", name=search.name))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'tamyeez:{name}')}"
