"""The originals of masked files during an ingest: sealed by the workers, put in place or removed.

An original is made ready before its masked text is stored and put in its place after that. So a
kill between the two leaves a text whose original is missing; the file is then read anew.
"""

from __future__ import annotations

from pathlib import Path

from ingest.sidecar import read_sidecar
from search.catalogue import Catalogue, FileRecord, FileStatus
from search.originals.folder import OriginalFolder
from search.settings import KeptOriginals


def is_masked(catalogue: Catalogue, held: FileRecord, path: Path) -> bool:
    """Tell whether persons were masked in a file that is held. Raises what a bad sidecar does."""
    judged = held.work is not None and catalogue.judgment(held.work) is not None
    return judged or bool(read_sidecar(path).deidentify)


class Originals:
    """The folder that the settings name; where they name none, nothing is done."""

    def __init__(self, kept: KeptOriginals | None, catalogue: Catalogue) -> None:
        self.kept = kept
        self._folder = OriginalFolder(kept.folder) if kept else None
        self._catalogue = catalogue

    def make_ready(self) -> None:
        """Make the folder, or see that it is open to nobody else; raises BadSetting, StoreFull."""
        if self._folder is not None:
            self._folder.make_ready()

    def lacks(self, sha256: str) -> bool:
        """Tell whether an original is to be kept and is not there."""
        return self._folder is not None and not self._folder.holds(sha256)

    def put(self, part: str, sha256: str, former: str) -> None:
        """Put the original of a text just stored in its place, and remove that of the former one.

        `part`: empty where the file is not masked (any more).
        """
        if self._folder is None:
            return
        if part:
            self._folder.keep(part, sha256)
        else:
            self._folder.forget(sha256)
        if former != sha256 and self._catalogue.find_same_content(former) is None:
            self._folder.forget(former)

    def drop(self, part: str) -> None:
        """Remove what was made ready and not put in its place."""
        if self._folder is not None:
            self._folder.drop(part)

    def forget(self, file: FileRecord) -> None:
        """Remove the original of a file about to be withdrawn, before its text: a kill between the
        two leaves a file that can still be named. Raises BadSetting.
        """
        if self._folder is None or self._is_given_elsewhere(file):
            return
        self._folder.forget(file.sha256)

    def _is_given_elsewhere(self, file: FileRecord) -> bool:
        return any(
            other.sha256 == file.sha256 and other.id != file.id
            for other in self._catalogue.files()
            if other.status is FileStatus.ADDED
        )
