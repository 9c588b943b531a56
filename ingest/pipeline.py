"""The order of things: hash, compare, read, recognise, split, cut, store; then the index.

One file is one transaction of the catalogue. A file that cannot be read well is quarantined with
its reason and nothing of it is indexed. The index is built once, at the end, beside the old one.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.bundle import BundleItem, bundle_items, edition_of, load_register, read_item
from ingest.bundle_records import registered
from ingest.cutting import passages_of
from ingest.files import Options, Stamp, expand, identified, is_same, stamp_of
from ingest.isolation import WORKERS, Workshop
from ingest.ocr.store import PageStore
from ingest.originals import Originals, is_masked
from ingest.preparing import Job, Preparation, Prepared
from ingest.private import FileNames, is_private_path, private_names, private_path
from ingest.report import FileReport, FileStatus, IngestReport
from ingest.scans import RETRIED
from ingest.vectors import put_shipped_vectors
from ingest.withdrawing import files_of
from ingest.worker import WorkLimits
from search.catalogue import Catalogue, FileRecord, Outcome
from search.catalogue import FileStatus as HeldStatus
from search.embed.port import Embedder
from search.errors import Unreadable
from search.index.port import IndexStore
from search.indexing import Progress, build_index, embed_missing, is_current, no_progress
from search.model import Contribution
from search.settings import KeptOriginals

_RETRIED = RETRIED | {"changing", "not-sealed"}  # refused for what may have passed: read again
_GONE = "no longer in the bundled collection"
_AHEAD = 4 * WORKERS  # files under way: enough that no worker waits for the catalogue


@dataclass(frozen=True, slots=True)
class _Pending:
    """A file that was begun: in a worker's hands, or reported already."""

    path: Path
    record: FileRecord
    stamp: Stamp  # before a byte was read
    result: Future[Preparation] | FileReport

    @property
    def is_done(self) -> bool:
        return isinstance(self.result, FileReport) or self.result.done()


class Ingest:
    """One run of the pipeline into one catalogue and one index."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: IndexStore,
        load_embedder: Callable[[], Embedder],
        corpus: Path,
        progress: Progress = no_progress,
        limits: WorkLimits | None = None,
        private: Path | None = None,
        originals: KeptOriginals | None = None,
    ) -> None:
        """`limits`: what one file may take of the machine, where not the usual.

        `private`: the folder of what is kept apart from the collection, scanned pages and their
        corrections; without it pictures are not read. `originals`: where the originals of masked
        files are sealed; without it they are not kept.
        """
        self._limits = limits
        self._private = private
        self._catalogue = catalogue
        self._originals = Originals(originals, catalogue)
        self._store = store
        self._load_embedder = load_embedder
        self._corpus = corpus
        self._progress = progress
        self._register = load_register(corpus).instruments

    def bundled(self, whole: bool = False) -> IngestReport:
        """Bring the catalogue to what the bundled collection holds now, and index it.

        One transaction: readers see, and a kill leaves, the collection before it or after it.
        `whole`: raise Unreadable, and keep what was held, where one of its texts would be
        quarantined.
        """
        started = time.perf_counter()
        items = bundle_items(self._corpus)
        with self._catalogue.together():
            self._save_register()
            reports = []
            for done, item in enumerate(items):
                self._progress("read", done, len(items))
                reports.append(self._bundle_item(item))
                if whole and reports[-1].status is FileStatus.QUARANTINED:
                    raise Unreadable(reports[-1].reasons[-1], reports[-1].reasons[0])
            reports += self._withdraw_missing({item.label for item in items})
            self._catalogue.save_edition(edition_of(items))
        return self._finish(reports, (), started)

    def paths(
        self, paths: Sequence[Path], options: Options, stop: Callable[[], bool] = lambda: False
    ) -> IngestReport:
        """Ingest files and folders; a folder is read recursively, in the order of names.

        Each file is prepared in a process of its own and stored as one transaction, so that a
        killed ingest goes on where it was. `stop` is asked between files: what is not begun is
        then left for the next time.
        """
        started = time.perf_counter()
        self._originals.make_ready()
        self._save_register()
        files, skipped = expand(paths)
        reports: list[FileReport] = []
        with Workshop(self._register, self._limits) as workshop:
            for report in self._in_order(files, options, workshop, stop):
                reports.append(report)
                self._progress("read", len(reports), len(files))
        return self._finish(reports, skipped, started)

    def _in_order(
        self,
        files: Sequence[Path],
        options: Options,
        workshop: Workshop,
        stop: Callable[[], bool],
    ) -> Iterator[FileReport]:
        """Report the files in their order, with a few ahead in the workers' hands."""
        ahead: deque[_Pending] = deque()
        for path in files:
            if stop():
                break
            ahead.append(self._begin(path, options, workshop))
            while len(ahead) > _AHEAD or (ahead and ahead[0].is_done):
                yield self._end(ahead.popleft())
        while ahead:
            yield self._end(ahead.popleft())

    def withdraw(self, targets: Sequence[str]) -> IngestReport:
        """Take files away with all they gave: by path, by recorded name, or by the work's id.

        Raises BadRequest, before anything is taken away, for what no file of ours matches.
        """
        started = time.perf_counter()
        found = {file.id: file for target in targets for file in files_of(self._catalogue, target)}
        reports = []
        for identifier, held in found.items():
            if identifier is None:
                continue
            self._originals.forget(held)
            if self._catalogue.withdraw(identifier):
                if self._private is not None and held.sha256:
                    PageStore(self._private).forget(held.sha256)
                reports.append(replace(self._unchanged(held), status=FileStatus.WITHDRAWN))
        report = self._finish(reports, (), started)
        self._store.forget_former()
        return report

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
            contribution = read_item(item)
            passages = passages_of(contribution)
            self._refuse_conflict(record, contribution)
            work = contribution.instrument or contribution.judgment
            record = replace(record, work=work.id if work else None)
            # Of a matter no earlier text is kept: it may have been changed to protect a person.
            revision = self._catalogue.revise_file(
                record, contribution, passages, keeps_texts=contribution.judgment is None
            )
            report = _report(record, revision.outcome, contribution, len(passages))
            return replace(report, changes=revision.changes)
        except Unreadable as exc:
            return self._quarantine(record, exc)

    def _withdraw_missing(self, labels: set[str]) -> list[FileReport]:
        reports = []
        for held in self._catalogue.files():
            if held.bundled and held.path not in labels and held.id is not None:
                self._catalogue.withdraw(held.id)
                reports.append(FileReport(held.name, FileStatus.WITHDRAWN, reasons=(_GONE,)))
        return reports

    def _begin(self, path: Path, options: Options, workshop: Workshop) -> _Pending:
        """See whether a file must be read at all; if so, hand it to a worker."""
        record = FileRecord(
            path=str(path.absolute()),
            name=path.name,
            sha256="",
            size=0,
            options_hash=options.hash,
        )
        stamp = stamp_of(path)
        try:
            record = self._with_decisions(identified(record, path))
        except Unreadable as exc:
            return _Pending(path, record, stamp, self._quarantine(record, exc))
        known = self._known(record)
        if known is not None:
            return _Pending(path, record, stamp, known)
        names = FileNames(record.path, record.name)
        job = Job(path, options, names, self._private, self._originals.kept)
        return _Pending(path, record, stamp, workshop.submit(job))

    def _with_decisions(self, record: FileRecord) -> FileRecord:
        """Let what persons decided of a scan count as an option: it is then read anew."""
        if self._private is None:
            return record
        decided = PageStore(self._private).decisions(record.sha256)
        return replace(record, options_hash=f"{record.options_hash}{decided}")

    def _end(self, pending: _Pending) -> FileReport:
        """Store what a worker has made of a file."""
        if isinstance(pending.result, FileReport):
            return pending.result
        outcome = pending.result.result()
        names = outcome.names
        record = replace(pending.record, path=names.path, name=names.name)
        try:
            if stamp_of(pending.path) != pending.stamp:
                raise Unreadable(
                    f"{names.name} was written to while it was read. Wait until it is complete, "
                    "then ingest it again.",
                    "changing",
                )
            if isinstance(outcome, Prepared):
                # A file of the same text may have been stored since this one was begun.
                return self._known(pending.record) or self._add(record, outcome)
            raise Unreadable(outcome.sentence, outcome.reason)
        except Unreadable as exc:
            return self._quarantine(record, exc)
        finally:
            if isinstance(outcome, Prepared):
                self._originals.drop(outcome.sealed)

    def _known(self, record: FileRecord) -> FileReport | None:
        """Return a report if this very file, or a copy of it, has been read before."""
        held = self._catalogue.find_file(record.path) or self._catalogue.find_file(
            private_path(record.path)
        )
        if held is not None and is_same(held, record):
            retried = held.status is HeldStatus.QUARANTINED and held.reasons[0] in _RETRIED
            again = retried or self._lacks_original(held, Path(record.path))
            return None if again else self._unchanged(held)
        if held is None:
            copy = self._catalogue.find_same_content(record.sha256)
            if copy is not None and is_same(copy, record):
                return self._copy(copy, record)
        return None

    def _copy(self, held: FileRecord, record: FileRecord) -> FileReport:
        """Report a file whose text is held already; follow one that has only been moved.

        So a later change of it is a new version. A name is no safer than the text it stands over.
        """
        names = FileNames(record.path, record.name)
        if is_masked(self._catalogue, held, Path(record.path)):
            names = private_names(names)
        moved = not held.bundled and not is_private_path(held.path)
        moved = moved and not Path(held.path).exists()
        if moved and held.id is not None:
            self._catalogue.move_file(held.id, names.path, names.name)
        said = f"it was called {held.name} before" if moved else f"held from {held.name} already"
        return replace(self._unchanged(held), file=names.name, reasons=(said,))

    def _lacks_original(self, held: FileRecord, path: Path) -> bool:
        if held.status is not HeldStatus.ADDED or not self._originals.lacks(held.sha256):
            return False
        return is_masked(self._catalogue, held, path)

    def _add(self, record: FileRecord, prepared: Prepared) -> FileReport:
        record = replace(
            record,
            work=prepared.work,
            language=prepared.language,
            authority=prepared.authority,
            confirmed=prepared.confirmed,
            access=prepared.access,
            reasons=prepared.reasons,
        )
        contribution, passages = prepared.contribution, prepared.passages
        self._refuse_conflict(record, contribution)
        former = self._catalogue.find_file(record.path)
        # Where persons are masked no earlier text is kept: its masking may have been worse.
        revision = self._catalogue.revise_file(record, contribution, passages, not prepared.private)
        before = former.sha256 if former else record.sha256
        self._originals.put(prepared.sealed, record.sha256, before)
        report = _report(record, revision.outcome, contribution, len(passages))
        return replace(report, changes=revision.changes, kept_as_at=revision.kept_as_at)

    def _refuse_conflict(self, record: FileRecord, contribution: Contribution) -> None:
        owner = self._catalogue.conflict(contribution, record.path)
        if owner is not None:
            raise Unreadable(
                f"{record.name} is a text that {owner} already gives: same provisions, language "
                "and authority. Put it in that file's place to make it a new version, withdraw "
                "that file, or name another authority.",
                reason="conflict",
            )

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
    record: FileRecord, outcome: Outcome, contribution: Contribution, passages: int
) -> FileReport:
    status = FileStatus.ADDED if outcome is Outcome.ADDED else FileStatus.UPDATED
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
