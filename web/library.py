"""The librarian's page: what is held, adding files, what was refused and why, taking files out.

Everything is done by the `Library` it is given (web/cli/librarian.py), in the background where it
takes time. Works without scripts.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from search.access import require
from search.catalogue import FileRecord, FileStatus
from search.errors import TamyeezError
from search.model import Authority, Kind, Language
from search.results import CollectionStatus
from web import i18n
from web.forms import clean, refuse_other_sites
from web.library_jobs import JobState
from web.library_upload import NotTaken, Upload, read_upload
from web.render import Renderer
from web.review import Reason
from web.security import MAX_UPLOAD_BYTES, MAX_UPLOAD_FILE_BYTES
from web.work_forms import read_form, read_number

_log = logging.getLogger("tamyeez.library")
SHOWN_FILES = 300
FIELDS = ("kind", "work", "language", "authority", "access")


class InBothLanguages(Protocol):
    """A text in both languages."""

    @property
    def ar(self) -> str: ...
    @property
    def en(self) -> str: ...


class Edition(Protocol):
    """An edition of the bundled collection."""

    @property
    def number(self) -> int: ...
    @property
    def date(self) -> dt.date: ...
    @property
    def notes(self) -> InBothLanguages: ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a form: the names of the files taken, and those that were not.

    `problem` is why nothing of it was taken: `nothing` was sent, or `one-work` was named for
    several files.
    """

    taken: tuple[str, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    problem: str = ""


class Library(Protocol):
    """What the page asks of web/cli/librarian.py. Each act raises NotPermitted, and is recorded."""

    @property
    def suffixes(self) -> Sequence[str]: ...
    def edition(self) -> Edition | None: ...
    def files(self) -> Sequence[FileRecord]: ...
    def waiting(self) -> int: ...
    def reason(self, word: str) -> Reason: ...
    def job(self) -> JobState | None: ...
    def incoming(self) -> AbstractContextManager[Path]: ...
    def receive(self, upload: Upload, said: Mapping[str, str], replace: bool) -> Receipt: ...
    def read_waiting(self) -> bool: ...
    def withdraw(self, file_id: int) -> bool: ...
    def reindex(self) -> bool: ...
    def notes(self) -> str: ...
    def keep_notes(self, text: str) -> None: ...
    def close(self) -> None: ...


class Holding(Protocol):
    """What the page asks of the service."""

    def status(self) -> CollectionStatus: ...


@dataclass(frozen=True, slots=True)
class _Said:
    """What the page says of the form that was just sent."""

    receipt: Receipt | None = None
    error: TamyeezError | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


class LibraryPages:
    """Routes of the page in one language of the interface."""

    def __init__(
        self, library: Library, service: Holding, renderer: Renderer, language: Language
    ) -> None:
        self._library = library
        self._service = service
        self._renderer = renderer
        self._language = language
        self._address = f"/{language}/library"
        self.router = APIRouter(prefix=self._address, include_in_schema=False)
        for path, method, route in (
            ("", "GET", self.page),
            ("", "POST", self.add),
            ("/job", "GET", self.job),
            ("/read", "POST", self.read),
            ("/reindex", "POST", self.reindex),
            ("/withdraw", "POST", self.withdraw),
            ("/notes", "POST", self.keep_notes),
        ):
            self.router.add_api_route(path, route, methods=[method], response_model=None)

    def page(self, request: Request) -> Response:
        """Show what is held and what can be done."""
        return self._page(request, _Said())

    def job(self, request: Request) -> Response:
        """Show the latest job alone, for a script that asks how far it is."""
        require("ingest")
        return self._renderer.page(
            request, self._language, "_library_job.html", self._job_context()
        )

    async def add(self, request: Request) -> Response:
        """Take in the files of the form, and have them read; say which were not taken."""
        require("ingest")
        refuse_other_sites(request.headers)
        fields: Mapping[str, str] = {}
        with self._library.incoming() as folder:
            try:
                upload = await read_upload(request, folder, self._library.suffixes)
                fields = {name: clean(text).strip() for name, text in upload.fields.items()}
                said = {name: fields[name] for name in FIELDS if fields.get(name)}
                receipt = await run_in_threadpool(
                    self._library.receive, upload, said, fields.get("replace") == "yes"
                )
            except TamyeezError as exc:
                return await run_in_threadpool(self._page, request, _Said(None, exc, fields))
        shown = fields if receipt.problem or receipt.not_taken else {}
        return await run_in_threadpool(self._page, request, _Said(receipt, fields=shown))

    async def read(self, request: Request) -> Response:
        """Read what waits, and what was refused, once more."""
        await read_form(request)
        return self._begun(await run_in_threadpool(self._library.read_waiting))

    async def reindex(self, request: Request) -> Response:
        """Build the index anew from the catalogue."""
        await read_form(request)
        return self._begun(await run_in_threadpool(self._library.reindex))

    async def withdraw(self, request: Request) -> Response:
        """Take a file out with everything it gave."""
        number = read_number(await read_form(request), "file")
        return self._begun(await run_in_threadpool(self._library.withdraw, number))

    async def keep_notes(self, request: Request) -> Response:
        """Keep the notes on what this installation holds."""
        text = clean((await read_form(request)).get("notes", ""))
        try:
            await run_in_threadpool(self._library.keep_notes, text)
        except TamyeezError as exc:
            return await run_in_threadpool(self._page, request, _Said(error=exc))
        return RedirectResponse(f"{self._address}#notes", 303)

    def _begun(self, begun: bool) -> Response:
        where = f"{self._address}#job" if begun else f"{self._address}?busy=yes#job"
        return RedirectResponse(where, 303)

    def _page(self, request: Request, said: _Said) -> Response:
        require("ingest")
        files = self._library.files()
        refused = [file for file in files if file.status is FileStatus.QUARANTINED]
        added = [file for file in files if file.status is FileStatus.ADDED]
        added.sort(key=lambda file: file.ingested_at, reverse=True)
        context = {
            **self._job_context(),
            "status": self._status(),
            "edition": self._library.edition(),
            "refused": refused,
            "added": added[:SHOWN_FILES],
            "more": max(0, len(added) - SHOWN_FILES),
            "notes": self._library.notes(),
            "receipt": said.receipt,
            "fields": said.fields,
            "error": i18n.error_sentence(self._language, said.error) if said.error else "",
            "busy": request.query_params.get("busy") == "yes",
            "suffixes": self._library.suffixes,
            "most": (MAX_UPLOAD_FILE_BYTES, MAX_UPLOAD_BYTES),
            "kinds": list(Kind),
            "authorities": list(Authority),
        }
        wrong = said.receipt is not None and said.receipt.problem
        status = said.error.status if said.error else 422 if wrong else 200
        return self._renderer.page(request, self._language, "library.html", context, status)

    def _job_context(self) -> dict[str, object]:
        job = self._library.job()
        return {
            "job": job,
            "job_error": self._error_of(job) if job and job.error else "",
            "waiting": self._library.waiting(),
            "reason": self._library.reason,
        }

    def _error_of(self, job: JobState) -> str:
        """Say in the reader's language why a job failed."""
        error = TamyeezError(job.said)
        error.code = job.error
        return i18n.error_sentence(self._language, error)

    def _status(self) -> CollectionStatus | None:
        """Return the state of the collection; before anything is held there is none."""
        try:
            return self._service.status()
        except TamyeezError as error:
            _log.warning("no status: %s", error)
            return None
