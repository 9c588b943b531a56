"""What the library's page does: taking files in, reading them, withdrawing, indexing, notes.

Each act is recorded in the audit trail under whoever asked for it. What takes time is done by one
job of this installation, in the background of the server (web/library_jobs.py).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from ingest.bundle import parse_yaml
from ingest.editions.edition import FILE, EditionFile
from ingest.editions.keeping import Shelf
from ingest.files import READ_SUFFIXES, Options, hash_file
from ingest.ocr.store import PageStore
from ingest.originals import is_masked
from ingest.report import FileReport, FileStatus, IngestReport
from ingest.report_reasons import Reason, reason_of
from ingest.sidecar import Given
from search.access import current_reader, require
from search.audit import Kind, Trail
from search.backup.folders import writing
from search.catalogue import Catalogue, FileRecord, open_catalogue
from search.catalogue import FileStatus as HeldStatus
from search.embed import load_embedder
from search.errors import BadRequest, LimitReached, NotHeld, TamyeezError
from search.identifiers import parse_work
from search.index import index_store
from search.indexing import Progress, build_index
from search.settings import Settings
from web.cli.inbox import Inbox
from web.library import Receipt
from web.library_jobs import Ended, Jobs, JobState, make_private, write_private
from web.library_upload import NotTaken, Upload

if TYPE_CHECKING:
    from ingest.pipeline import Ingest

MAX_NOTES_CHARS = 4000
_LEFT_OVER_S = 24 * 3600.0  # what a killed upload left goes after a day
_THREADS = 1  # of the embedder: a job must leave the machine to who searches


class Librarian:
    """The library of one home folder. Safe to use from several threads and processes."""

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet."""
        self._settings = settings
        self._folder = settings.private_folder / "library"
        self._inbox = Inbox(self._folder)
        self._jobs = Jobs(self._folder)
        self._trail = Trail(settings.home, settings.audit_queries)

    @property
    def suffixes(self) -> Sequence[str]:
        """The endings of the files that are read."""
        return sorted(READ_SUFFIXES)

    def edition(self) -> EditionFile | None:
        """Return what the bundled collection in use says of itself, if it says anything."""
        path = self._corpus(self._catalogue) / FILE
        return parse_yaml(path, EditionFile) if path.is_file() else None

    def files(self) -> Sequence[FileRecord]:
        """List the files that were added and those that were refused."""
        return [file for file in self._catalogue.files() if not file.bundled]

    def waiting(self) -> int:
        """Count the files that were taken and not yet read."""
        return len(self._inbox.waiting())

    def reason(self, word: str) -> Reason:
        """Return what a reason of refusal means, and what to do."""
        return reason_of(word)

    def job(self) -> JobState | None:
        """Return the latest job."""
        return self._jobs.state()

    @contextmanager
    def incoming(self) -> Iterator[Path]:
        """Lend an empty folder for the files of a form, on the disk where they are to lie.

        Raises StoreFull, also for what is done with it inside.
        """
        require("ingest")
        incoming = self._folder / "incoming"
        with writing(incoming):
            make_private(incoming)
            _clear(incoming)
            folder = Path(tempfile.mkdtemp(dir=incoming))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def receive(self, upload: Upload, said: Mapping[str, str], replace: bool) -> Receipt:
        """Put the files of a form into the inbox, with what was said of them, and read them.

        `said`: kind, work, language, authority, access. `replace`: a file of the same name is a
        new version. Raises BadIdentifier or BadRequest for what cannot be said of a file.
        """
        require("ingest")
        if not upload.files:
            return Receipt((), tuple(upload.not_taken), "" if upload.not_taken else "nothing")
        if "work" in said and len(upload.files) > 1:
            return Receipt(problem="one-work")
        sidecar = _sidecar(said)
        taken, not_taken = [], list(upload.not_taken)
        for file in upload.files:
            fault = self._inbox.put(file, sidecar, replace)
            if fault is None:
                taken.append(file.name)
            else:
                not_taken.append(NotTaken(file.name, fault))
        if taken:
            # A name may name a person: it is told again from its digest only by who knows it.
            self._trail.add(Kind.INGEST, ("library add", *map(self._trail.digest, taken)))
            self._read()
        return Receipt(tuple(taken), tuple(not_taken))

    def read_waiting(self) -> bool:
        """Read what waits, and once more what was refused; False where a job is running."""
        require("ingest")
        if (state := self._jobs.state()) is not None and state.is_running:
            return False
        refused = [file for file in self.files() if file.status is HeldStatus.QUARANTINED]
        self._inbox.forget(self._inbox.paths_of(refused))
        return self._read()

    def follow(self) -> None:
        """Know the files again in a home folder that was restored at another place."""
        if not self._inbox.files():
            return
        for record, path in self._inbox.moved(self.files()):
            if record.id is not None:
                self._catalogue.move_file(record.id, str(path.absolute()), record.name)

    def resume(self) -> None:
        """Go on with what a stopped or killed server has left unread."""
        if self._inbox.waiting():
            self._read()

    def withdraw(self, file_id: int) -> bool:
        """Take a file out with all it gave; False where a job is running. Raises NotHeld."""
        by = require("ingest").name
        record = next((file for file in self.files() if file.id == file_id), None)
        if record is None:
            raise NotHeld("That file is no longer held. Load the page again.", id=str(file_id))

        def work(progress: Progress) -> Sequence[Ended]:
            named = record.work or self._trail.digest(record.name)
            with self._recorded(Kind.WITHDRAW, by, "library withdraw", named):
                self._inbox.remove(record)  # first, so that no later job reads it again
                with self._opened(progress) as ingest:
                    return _ended(ingest.withdraw([record.path]))

        return self._jobs.start("withdraw", by, work, self._go_on)

    def reindex(self) -> bool:
        """Build the index anew; False where a job is running."""
        by = require("ingest").name

        def work(progress: Progress) -> Sequence[Ended]:
            settings = self._settings
            with self._recorded(Kind.ADMINISTRATION, by, "library reindex"):
                embedder = load_embedder(settings.embedder, _THREADS)
                build_index(self._catalogue, index_store(settings), embedder, progress)
            return ()

        return self._jobs.start("reindex", by, work, self._go_on)

    def notes(self) -> str:
        """Return the notes on what this installation holds."""
        try:
            return (self._folder / "notes.txt").read_text("utf-8")
        except FileNotFoundError:
            return ""

    def keep_notes(self, text: str) -> None:
        """Keep the notes; raise LimitReached."""
        require("ingest")
        if len(text) > MAX_NOTES_CHARS:
            raise LimitReached(
                f"Notes have up to {MAX_NOTES_CHARS} characters.", limit=MAX_NOTES_CHARS
            )
        make_private(self._folder)
        write_private(self._folder / "notes.txt", text.strip())
        self._trail.add(Kind.ADMINISTRATION, ("library notes",))

    def close(self) -> None:
        """Stop a job at its next step, and close what is open."""
        self._jobs.close()
        self._trail.close()
        if "_catalogue" in self.__dict__:
            self._catalogue.close()

    def _read(self) -> bool:
        by = current_reader().name
        return self._jobs.start("ingest", by, lambda told: self._read_all(told, by), self._go_on)

    def _go_on(self) -> None:
        """Read what was added while a job came to its end."""
        self.resume()

    def _read_all(self, progress: Progress, by: str) -> Sequence[Ended]:
        ended: list[Ended] = []
        while waiting := self._inbox.waiting():
            try:
                with self._opened(progress) as ingest:
                    report = ingest.paths(list(waiting), Options())
            except TamyeezError as exc:
                self._trail.add(Kind.INGEST, ("library read",), exc.code, by)
                raise
            masked = {path: at for path, at in waiting.items() if self._was_masked(path)}
            self._inbox.let_go(masked)
            self._inbox.mark(waiting)
            ended += _ended(report)
            works = dict.fromkeys(file.work for file in report.files if file.work)
            outcome = "quarantined" if report.quarantined else "done"
            self._trail.add(Kind.INGEST, ("library read", *works), outcome, by)
        return ended

    def _was_masked(self, path: Path) -> bool:
        """Tell whether a file's text is stored without the names in it, and none needs its pages.

        A scan stays: who reviews it compares it with its pictures.
        """
        if not path.is_file():
            return False
        sha256 = hash_file(path)
        held = self._catalogue.find_same_content(sha256)
        is_scan = bool(PageStore(self._settings.private_folder).pages(sha256))
        return held is not None and not is_scan and is_masked(self._catalogue, held, path)

    @contextmanager
    def _opened(self, progress: Progress) -> Iterator[Ingest]:
        """Lend an ingest into the stores the settings name, which leaves a core to searches."""
        from ingest.pipeline import Ingest

        settings = self._settings
        catalogue = open_catalogue(settings.database_url)
        try:
            yield Ingest(
                catalogue,
                index_store(settings),
                lambda: load_embedder(settings.embedder, _THREADS),
                self._corpus(catalogue),
                progress,
                private=settings.private_folder,
                originals=settings.originals,
            )
        finally:
            catalogue.close()

    def _corpus(self, catalogue: Catalogue) -> Path:
        return Shelf(self._settings, catalogue.edition()).corpus()

    @cached_property
    def _catalogue(self) -> Catalogue:
        return open_catalogue(self._settings.database_url)

    @contextmanager
    def _recorded(self, kind: Kind, by: str, *objects: str) -> Iterator[None]:
        """Keep an event of what is done inside, with how it ended."""
        try:
            yield
        except TamyeezError as exc:
            self._trail.add(kind, objects, exc.code, by)
            raise
        self._trail.add(kind, objects, "done", by)


def open_librarian(settings: Settings) -> Librarian:
    """Open the library of a home folder, and go on with what was left unread."""
    librarian = Librarian(settings)
    librarian.follow()
    librarian.resume()
    return librarian


def _sidecar(said: Mapping[str, str]) -> str:
    """Return what was said of a file as the text of its sidecar; empty where nothing was.

    Raises BadIdentifier, or BadRequest naming the field at fault.
    """
    named = "judgment" if said.get("kind") == "judgment" else "instrument"
    fields = {named if name == "work" else name: value for name, value in said.items()}
    if "work" in said:
        parse_work(said["work"])
    try:
        Given.model_validate(fields)
    except ValidationError as exc:
        fault = exc.errors(include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise BadRequest(f"{where or 'what was said of the files'}: {fault['msg']}.") from exc
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=True) if fields else ""


def _ended(report: IngestReport) -> list[Ended]:
    return [_one(file) for file in report.files]


def _one(file: FileReport) -> Ended:
    refused = file.status is FileStatus.QUARANTINED
    return Ended(
        name=file.file,
        end=file.status.value,
        work=file.work,
        reason=file.reasons[0] if refused else "",
        said=file.reasons[-1] if refused else "",
        confirmed=file.confirmed,
    )


def _clear(incoming: Path) -> None:
    """Remove what killed uploads have left."""
    for folder in incoming.iterdir():
        if time.time() - folder.stat().st_mtime > _LEFT_OVER_S:
            shutil.rmtree(folder, ignore_errors=True)
