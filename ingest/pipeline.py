"""The order of things: hash, compare, read, recognise, split, cut, store; then the index.

One file is one transaction of the catalogue. A file that cannot be read well is quarantined with
its reason and nothing of it is indexed. The index is built once, at the end, beside the old one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.bundle import BundleItem, bundle_items, edition_of, load_register, read_item
from ingest.bundle_records import registered
from ingest.cutting import passages_of
from ingest.document import Description, Document
from ingest.files import Options, expand, hash_file, is_same
from ingest.private import is_private, masked, private_path
from ingest.readers import Limits, read
from ingest.recognise import recognise
from ingest.report import FileReport, FileStatus, IngestReport
from ingest.sidecar import read_sidecar, sidecar_path
from ingest.splitters import split
from ingest.vectors import put_shipped_vectors
from search.catalogue import Catalogue, FileRecord, Outcome
from search.catalogue import FileStatus as HeldStatus
from search.citations import build_work_names
from search.embed.port import Embedder
from search.errors import Unreadable
from search.index.port import IndexStore
from search.indexing import Progress, build_index, embed_missing, is_current, no_progress
from search.model import Authority, Contribution, Language

_GONE = "no longer in the bundled collection"


class Ingest:
    """One run of the pipeline into one catalogue and one index."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: IndexStore,
        load_embedder: Callable[[], Embedder],
        corpus: Path,
        progress: Progress = no_progress,
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._load_embedder = load_embedder
        self._corpus = corpus
        self._progress = progress
        self._register = load_register(corpus).instruments
        self._names = build_work_names([registered(entry) for entry in self._register])

    def bundled(self) -> IngestReport:
        """Bring the catalogue to what the bundled collection holds now, and index it."""
        started = time.perf_counter()
        items = bundle_items(self._corpus)
        self._save_register()
        reports = []
        for done, item in enumerate(items):
            self._progress("read", done, len(items))
            reports.append(self._bundle_item(item))
        reports += self._withdraw_missing({item.label for item in items})
        self._catalogue.save_edition(edition_of(items))
        return self._finish(reports, (), started)

    def paths(self, paths: Sequence[Path], options: Options) -> IngestReport:
        """Ingest files and folders; a folder is read recursively, in the order of names."""
        started = time.perf_counter()
        self._save_register()
        files, skipped = expand(paths)
        reports = []
        for done, path in enumerate(files):
            self._progress("read", done, len(files))
            reports.append(self._file(path, options))
        return self._finish(reports, skipped, started)

    def _finish(
        self, reports: list[FileReport], skipped: tuple[str, ...], started: float
    ) -> IngestReport:
        """Embed and index what changed; also what an earlier, killed run left unindexed."""
        embedder = self._load_embedder()
        manifest, embedded, seconds_embedding = self._store.current(), 0, 0.0
        rebuild = not is_current(self._catalogue, self._store, embedder.identity)
        if rebuild:
            begun = time.perf_counter()
            put_shipped_vectors(self._corpus, self._catalogue, embedder.identity)
            embedded = embed_missing(self._catalogue, embedder, self._progress)
            seconds_embedding = time.perf_counter() - begun
            manifest = build_index(self._catalogue, self._store, embedder, self._progress)
        return IngestReport(
            files=tuple(reports),
            skipped=skipped,
            index=manifest,
            rebuilt=rebuild,
            embedded=embedded,
            seconds=time.perf_counter() - started,
            seconds_embedding=seconds_embedding,
        )

    def _save_register(self) -> None:
        """Let the catalogue know the laws we can name, held or not."""
        if self._register:
            self._catalogue.save_register([registered(entry) for entry in self._register])

    def _bundle_item(self, item: BundleItem) -> FileReport:
        record = FileRecord(
            path=item.label,
            name=item.label,
            sha256=item.sha256,
            size=item.size,
            bundled=True,
            options_hash=Options().hash,
        )
        held = self._catalogue.find_file(item.label)
        if held is not None and is_same(held, record):
            return self._unchanged(held)
        try:
            return self._store_contribution(record, read_item(item), item.label)
        except Unreadable as exc:
            return self._quarantine(record, exc)

    def _withdraw_missing(self, labels: set[str]) -> list[FileReport]:
        reports = []
        for held in self._catalogue.files():
            if held.bundled and held.path not in labels and held.id is not None:
                self._catalogue.withdraw(held.id)
                reports.append(FileReport(held.name, FileStatus.WITHDRAWN, reasons=(_GONE,)))
        return reports

    def _file(self, path: Path, options: Options) -> FileReport:
        record = FileRecord(
            path=str(path.absolute()),
            name=path.name,
            sha256="",
            size=0,
            options_hash=options.hash,
        )
        try:
            record = _identified(record, path)
            known = self._known(record)
            return known if known is not None else self._read(path, record, options)
        except Unreadable as exc:
            return self._quarantine(record, exc)

    def _known(self, record: FileRecord) -> FileReport | None:
        """Return a report if this very file, or a copy of it, has been read before."""
        held = self._catalogue.find_file(record.path) or self._catalogue.find_file(
            private_path(record.path)
        )
        if held is not None and is_same(held, record):
            return self._unchanged(held)
        if held is None:
            copy = self._catalogue.find_same_content(record.sha256)
            if copy is not None and is_same(copy, record):
                return replace(
                    self._unchanged(copy),
                    file=record.name,
                    reasons=(f"the same text is held from {copy.name}",),
                )
        return None

    def _read(self, path: Path, record: FileRecord, options: Options) -> FileReport:
        document = read(path)
        given = options.given().over(read_sidecar(path))
        description = recognise(document, path.name, self._register, given=given)
        if is_private(description, given):
            document, description, record = masked(document, description, record)
        try:
            return self._add(document, description, record)
        except Unreadable as exc:  # here, where the record no longer names anybody
            return self._quarantine(record, exc)

    def _add(self, document: Document, description: Description, record: FileRecord) -> FileReport:
        contribution = split(document, description, self._names)
        record = replace(
            record,
            work=description.work,
            language=Language(description.language),
            authority=Authority(description.authority),
            confirmed=description.confirmed,
            reasons=description.reasons,
        )
        return self._store_contribution(record, contribution, record.name)

    def _store_contribution(
        self, record: FileRecord, contribution: Contribution, name: str
    ) -> FileReport:
        owner = self._catalogue.conflict(contribution, record.path)
        if owner is not None:
            raise Unreadable(
                f"{name} is a text that {owner} already gives: same provisions, language and "
                "authority. Name another authority or version, or withdraw the other file.",
                reason="conflict",
            )
        passages = passages_of(contribution)
        work = contribution.instrument or contribution.judgment
        record = replace(record, work=work.id if work else None)
        outcome = self._catalogue.replace_file(record, contribution, passages)
        status = FileStatus.ADDED if outcome is Outcome.ADDED else FileStatus.UPDATED
        return _report(record, status, contribution, len(passages))

    def _unchanged(self, held: FileRecord) -> FileReport:
        """Report a file that was read before as it ended then."""
        judged = held.work is not None and self._catalogue.judgment(held.work) is not None
        quarantined = held.status is HeldStatus.QUARANTINED
        return FileReport(
            file=held.name,
            status=FileStatus.QUARANTINED if quarantined else FileStatus.UNCHANGED,
            instrument=None if judged else held.work,
            judgment=held.work if judged else None,
            language=held.language,
            authority=held.authority,
            provisions=held.provisions,
            passages=held.passages,
            confirmed=held.confirmed,
            reasons=held.reasons,
        )

    def _quarantine(self, record: FileRecord, exc: Unreadable) -> FileReport:
        self._catalogue.quarantine(record, (exc.reason, str(exc)))
        return FileReport(record.name, FileStatus.QUARANTINED, reasons=(exc.reason, str(exc)))


def _report(
    record: FileRecord, status: FileStatus, contribution: Contribution, passages: int
) -> FileReport:
    instrument, judgment = contribution.instrument, contribution.judgment
    return FileReport(
        file=record.name,
        status=status,
        instrument=instrument.id if instrument else None,
        judgment=judgment.id if judgment else None,
        language=record.language,
        authority=record.authority,
        provisions=len(contribution.provisions) or len(contribution.sections),
        passages=passages,
        confirmed=record.confirmed,
        reasons=record.reasons,
    )


def _identified(record: FileRecord, path: Path) -> FileRecord:
    """Add size and hashes; a file that a reader would refuse unread is refused here by it."""
    sidecar = sidecar_path(path)
    try:
        size = path.stat().st_size
        if not path.is_file() or size > Limits().file_bytes:
            read(path)
        return replace(
            record,
            sha256=hash_file(path),
            size=size,
            sidecar_sha256=hash_file(sidecar) if sidecar.is_file() else None,
        )
    except FileNotFoundError as exc:
        raise Unreadable(f"There is no file {path.name}. Check the path.", "missing") from exc
    except OSError as exc:
        raise Unreadable(
            f"{path.name} cannot be opened ({exc.strerror}). Check its permissions.", "unreadable"
        ) from exc
