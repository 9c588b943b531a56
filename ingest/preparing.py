"""From one file to what the catalogue is to store of it: read, recognise, mask, split, cut.

All that is done with a file's bytes, and all of it in a process of its own (`ingest/isolation.py`).
So nothing here may import the catalogue or the index: a worker starts the faster for it.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import scans
from ingest.bundle_records import registered
from ingest.bundle_schema import RegisterEntry
from ingest.cutting import passages_of
from ingest.document import Document
from ingest.files import Options
from ingest.ocr.store import PageStore
from ingest.private import FileNames, Masked, is_private, masked
from ingest.readers import read
from ingest.recognise import recognise
from ingest.sidecar import Given, read_sidecar
from ingest.splitters import split
from ingest.splitters.own_citations import doubted
from ingest.two_languages import taken_apart, with_other_language
from search.citations import WorkNames, build_work_names
from search.errors import Unreadable
from search.model import Access, Authority, Contribution, Language, Passage
from search.originals.folder import OriginalFolder
from search.settings import KeptOriginals


@dataclass(frozen=True, slots=True)
class Job:
    """One file to prepare, what the command says of it, and what it is recorded under."""

    path: Path
    options: Options
    names: FileNames
    private: Path | None = None  # folder of what is kept apart; without one pictures are not read
    originals: KeptOriginals | None = None  # where the originals of masked files are sealed


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file gives the catalogue. `private`: persons in it were masked.

    `sealed`: the part of the folder of originals that holds its own; empty: none is kept.
    """

    names: FileNames
    work: str
    language: Language
    authority: Authority
    confirmed: bool
    access: Access
    reasons: tuple[str, ...]
    private: bool
    contribution: Contribution
    passages: tuple[Passage, ...]
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing of a file is taken: a stable word, and a sentence that says what to do."""

    names: FileNames
    reason: str
    sentence: str


Preparation = Prepared | Refused


@dataclass(frozen=True, slots=True)
class Known:
    """The laws we can name: what recognising a file and reading its citations need."""

    register: Sequence[RegisterEntry]
    work_names: WorkNames

    @classmethod
    def of(cls, register: Sequence[RegisterEntry]) -> Known:
        return cls(register, build_work_names([registered(entry) for entry in register]))


def _access(given: Given, unreviewed: bool) -> Access:
    if given.access == "restricted":
        return Access.RESTRICTED
    return Access.UNREVIEWED if unreviewed else Access.OPEN


def prepare(job: Job, known: Known) -> Preparation:
    """Prepare one file; whatever is wrong with it comes back as a refusal."""
    names = job.names
    try:
        document = _read(job)
        given = job.options.given().over(read_sidecar(job.path))
        unreviewed = scans.is_unreviewed(document)
        if unreviewed and not scans.may_be_shown(given):
            names = scans.names_of_waiting(document, names)
            return Refused(names, "needs-review", scans.waiting_sentence(document, names.name))
        other = None
        if not unreviewed:
            wanted = Language(given.language) if given.language else None
            document, other = taken_apart(document, wanted)
        description = recognise(document, job.path.name, known.register, given=given)
        if unreviewed:
            description = scans.description_of_pages(description, given, job.path)
        private = None
        if is_private(description, given):
            private = masked(document, description, names)
            document, description, names = private.document, private.description, private.names
        if unreviewed:
            contribution = scans.split_pages(document, description)
        else:
            contribution = split(document, description, known.work_names)
            if other is not None:
                is_masked = private is not None
                contribution = with_other_language(
                    contribution, description, other, known.work_names, names.name, is_masked
                )
            description, contribution = doubted(description, contribution, known.work_names)
        return Prepared(
            names=names,
            work=description.work,
            language=Language(description.language),
            authority=Authority(description.authority),
            confirmed=description.confirmed,
            access=_access(given, unreviewed),
            reasons=description.reasons,
            private=private is not None,
            contribution=contribution,
            passages=tuple(passages_of(contribution)),
            sealed=_sealed(job, private),
        )
    except Unreadable as exc:
        if _ran_out_of_memory(exc):
            return outgrown(names)
        return Refused(names, exc.reason, str(exc))
    except MemoryError:
        return outgrown(names)
    # A file may lead our own code where nobody has been; it must not stop the files behind it.
    except Exception as exc:  # noqa: BLE001
        return _failed(names, exc)


def _read(job: Job) -> Document:
    if job.private is None:
        return read(job.path)
    return scans.read_with_ocr(job.path, PageStore(job.private), job.options)


def _sealed(job: Job, private: Masked | None) -> str:
    """Seal the original of a masked file here, so that no name leaves this process unsealed."""
    if private is None or job.originals is None:
        return ""
    folder = OriginalFolder(job.originals.folder)
    try:
        return folder.prepare(job.path, private.behind, job.originals.recipient)
    except OSError as exc:
        raise Unreadable(
            f"{private.names.name}: its original cannot be sealed ({exc.strerror}), so nothing of "
            "it was taken. See that the folder TAMYEEZ_ORIGINALS can be written, then ingest it "
            "again.",
            "not-sealed",
        ) from exc


def outgrown(names: FileNames) -> Refused:
    """Refuse a file that needs more memory than one may."""
    return Refused(
        names,
        "memory",
        f"{names.name}: reading it takes more memory than one file may; split it into smaller "
        "files, or save it again from the program it was made with.",
    )


def _failed(names: FileNames, exc: Exception) -> Refused:
    """Refuse with the place of the fault and its kind; its message might quote the text."""
    frame = traceback.extract_tb(exc.__traceback__)[-1]
    where = f"{type(exc).__name__} at {Path(frame.filename).name}, line {frame.lineno}"
    return Refused(
        names,
        "failed",
        f"{names.name}: the program failed on it ({where}) and took nothing of it; save it in "
        "another format, and report this line to whoever looks after Tamyeez.",
    )


def _ran_out_of_memory(exc: BaseException) -> bool:
    cause = exc.__cause__ or exc.__context__
    return isinstance(cause, MemoryError) or (cause is not None and _ran_out_of_memory(cause))
