"""Bring another edition into use: from a file, or back to one that is kept.

Nothing that readers see changes before everything of the edition has been checked; then it changes
in one transaction of the catalogue, and the index follows as after any ingest. A kill leaves the
former edition or the new one; what was unpacked and not used is removed the next time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.editions.comparing import ItemChange, compare
from ingest.editions.edition import Edition, read_edition
from ingest.editions.keeping import Kept, Shelf, exchanging
from ingest.editions.packing import MANIFEST, OpenEdition, opened_edition
from ingest.pipeline import Ingest
from ingest.report import IngestReport
from search.catalogue import Catalogue
from search.errors import BadRequest, NotHeld
from search.record.signing import Signature
from search.settings import Settings

IngestInto = Callable[[Path], Ingest]  # an ingest of the corpus folder given


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did, or would do: `report` is None where nothing was brought into use."""

    before: Edition | None
    after: Edition
    items: tuple[ItemChange, ...]
    signature: Signature | None  # of the edition's file; None of a release's own collection
    report: IngestReport | None


class Updating:
    """Exchanges the edition of one home folder."""

    def __init__(self, settings: Settings, catalogue: Catalogue, ingest: IngestInto) -> None:
        """`ingest` opens the pipeline on a corpus folder, into this very catalogue."""
        self._settings = settings
        self._catalogue = catalogue
        self._ingest = ingest

    @property
    def shelf(self) -> Shelf:
        """The editions of this home folder, as of now."""
        return Shelf(self._settings, self._catalogue.edition())

    def update(
        self, file: Path, apply: bool = True, older: bool = False, key: str | None = None
    ) -> Change:
        """Check a packed edition, say what it changes, and bring it into use if `apply`.

        `older`: also one whose number is not higher than that in use. `key`: the fingerprint it
        must be signed with; without it, that of the edition in use, if that came from a file.
        Raises BadRequest, Unreadable, StoreBusy, StoreFull; then nothing has changed.
        """
        with exchanging(self._settings), opened_edition(file) as opened:
            shelf = self.shelf
            before = shelf.current()
            _require_key(opened.packed.signature, key, shelf.in_use())
            if not older:
                _refuse_older(before, opened)
            with shelf.empty() as folder:
                corpus = opened.unpack(folder)
                after = read_edition(corpus)
                items = compare(shelf.corpus() if before else None, corpus)
                if not apply:
                    return Change(before, after, items, opened.packed.signature, None)
                shelf.keep_bundled()
                _write_manifest(folder, opened)
                kept = shelf.put(folder, after)
            return Change(before, after, items, opened.packed.signature, self._use(kept))

    def rollback(self, number: int | None = None) -> Change:
        """Return to an edition that is kept: the one of that number, else the next lower one.

        Raises NotHeld where there is none.
        """
        with exchanging(self._settings):
            shelf = self.shelf
            before = shelf.current()
            kept = _chosen(shelf.kept(), before, number)
            after = kept.edition()
            items = compare(shelf.corpus(), kept.corpus)
            shelf.keep_bundled()
            packed = kept.packed()
            signature = packed.signature if packed else None
            return Change(before, after, items, signature, self._use(kept))

    def _use(self, kept: Kept) -> IngestReport:
        report = self._ingest(kept.corpus).bundled(whole=True)
        self.shelf.tidy(kept.digest)
        return report


def _require_key(signature: Signature, key: str | None, in_use: Kept | None) -> None:
    former = in_use.packed() if in_use else None
    wanted = key or (former.signature.fingerprint if former else None)
    if wanted is None or _plain(wanted) == _plain(signature.fingerprint):
        return
    raise BadRequest(
        f"The edition is signed with the key {signature.fingerprint}, not with {wanted}. Ask who "
        "made it for its key's fingerprint; if it is this one, give it with --key."
    )


def _plain(fingerprint: str) -> str:
    return fingerprint.replace(" ", "").casefold()


def _refuse_older(before: Edition | None, opened: OpenEdition) -> None:
    if before is None or opened.packed.edition == before.digest:
        return  # again the same: completes what a kill left undone
    if opened.packed.number > before.number:
        return
    raise BadRequest(
        f"The file holds edition {opened.packed.number} and edition {before.number} is in use. "
        "Give a newer one, or add --older if it is meant."
    )


def _chosen(kept: list[Kept], before: Edition | None, number: int | None) -> Kept:
    if number is not None:
        found = [one for one in kept if one.number == number]
    else:
        found = [one for one in kept if before is None or one.number < before.number]
    if not found:
        raise NotHeld(
            "There is no such edition to go back to. `tamyeez collection list` shows those kept."
        )
    return found[-1]


def _write_manifest(folder: Path, opened: OpenEdition) -> None:
    whole: dict[str, Any] = opened.packed.as_json()
    (folder / MANIFEST).write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
