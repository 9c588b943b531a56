"""Looking up who stands behind a placeholder: for whom it is permitted, and recorded first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from search.access import require
from search.audit import Kind, Trail
from search.audit.trail import unrecorded
from search.catalogue import FileRecord, FileStatus
from search.errors import BadRequest, NotHeld, TamyeezError
from search.originals.age import Identity
from search.originals.folder import Names, Opened, OriginalFolder, Sealed

PERMISSION = "identities"
_EVENT = "originals open"
_SHOWN_CHARS = 12  # of a digest
_ALL, _ORIGINAL = "all names", "original"


@dataclass(frozen=True, slots=True)
class Held:
    """A sealed original and the work whose masked text was made of it; None: held no longer."""

    sealed: Sealed
    work: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What was looked up, once it is recorded."""

    work: str | None
    names: Names


class Lookup:
    """The originals of one installation as a reader may see them."""

    def __init__(self, folder: OriginalFolder, files: Iterable[FileRecord], trail: Trail) -> None:
        """`files`: all that the catalogue records."""
        self._folder = folder
        self._files = [file for file in files if file.status is FileStatus.ADDED]
        self._trail = trail

    def all(self) -> list[Held]:
        """List the originals, by work; raises NotPermitted."""
        seen = require(PERMISSION).clearance
        works = {file.sha256: file.work for file in self._files}
        hidden = {file.sha256 for file in self._files if file.access not in seen}
        found = [
            Held(sealed, works.get(sealed.sha256))
            for sealed in self._folder.all()
            if sealed.sha256 not in hidden
        ]
        return sorted(found, key=lambda held: (held.work or "~", held.sealed.sha256))

    def names(self, document: str, identity: Identity, placeholder: str | None = None) -> Found:
        """Return the words behind one placeholder, or behind all, of a document.

        `document`: its id, or the beginning of its original's digest. Raises NotPermitted,
        NotHeld, BadRequest, Unreadable, and NotRecorded: then nothing is shown.
        """
        held = self._find(document)
        opened = self._open(held, identity)
        if placeholder is None:
            self._record(held, _ALL)
            return Found(held.work, opened.names)
        wanted = _compared(placeholder)
        shown = {said: words for said, words in opened.names.items() if _compared(said) == wanted}
        if not shown:
            # What was asked for is in nobody's list and may be a name: it is not recorded.
            self._trail.add(Kind.IDENTITY, self._objects(held), NotHeld.code)
            raise NotHeld(
                "The document has no such placeholder. Write it as it stands in the text, with its "
                "number.",
                id=held.work or held.sealed.sha256,
            )
        self._record(held, *shown)
        return Found(held.work, shown)

    def original(self, document: str, identity: Identity) -> tuple[Held, Opened]:
        """Return the original of a document, on the same conditions as `names`."""
        held = self._find(document)
        opened = self._open(held, identity)
        self._record(held, _ORIGINAL)
        return held, opened

    def _find(self, document: str) -> Held:
        said = document.lower()
        found = [
            held
            for held in self.all()
            if held.work == document
            or (len(said) >= _SHOWN_CHARS and held.sealed.sha256.startswith(said))
        ]
        if not found:
            raise NotHeld(
                "No original of that document is kept. `tamyeez originals list` shows which are.",
                id=document,
            )
        if len(found) > 1:
            digests = ", ".join(held.sealed.sha256[:_SHOWN_CHARS] for held in found)
            raise BadRequest(
                f"{document} was made of several originals: {digests}. Name one by its digest."
            )
        return found[0]

    def _open(self, held: Held, identity: Identity) -> Opened:
        try:
            return self._folder.open(held.sealed.sha256, identity)
        except TamyeezError as exc:
            self._trail.add(Kind.IDENTITY, self._objects(held), exc.code)
            raise

    def _record(self, held: Held, *shown: str) -> None:
        if not self._trail.add(Kind.IDENTITY, (*self._objects(held), *shown)):
            raise unrecorded()

    def _objects(self, held: Held) -> tuple[str, ...]:
        return (_EVENT, held.work or "-", held.sealed.sha256[:_SHOWN_CHARS])


def _compared(placeholder: str) -> str:
    """Return a placeholder without brackets and with one kind of digits."""
    inner = " ".join(placeholder.strip().strip("[]").split()).casefold()
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in inner)
