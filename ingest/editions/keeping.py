"""The editions that an installation keeps in its home folder, and which one is in use.

    editions/000002-1f2e…/corpus/…         one edition, as it was unpacked
    editions/000002-1f2e…/manifest.json    its signed list; a copy of a bundled one has none
    editions.lock                          held while the collection is exchanged

Which edition is in use is what the catalogue says it holds, so that no second place can disagree.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.editions.edition import Edition, number_of, read_edition
from ingest.editions.packing import MANIFEST, Packed, collection_files, read_packed
from search.backup.folders import folder_of_one, writing
from search.errors import StoreBusy, Unreadable
from search.settings import Settings

KEPT = 4  # editions besides the one in use; a few tens of megabytes each
_NAME = re.compile(r"(?P<number>[0-9]{6})-(?P<digest>[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition in the home folder."""

    number: int
    digest: str
    folder: Path

    @property
    def corpus(self) -> Path:
        """Its corpus folder."""
        return self.folder / "corpus"

    def edition(self) -> Edition:
        """Read its notes; raise Unreadable where it is not what its name says."""
        found = read_edition(self.corpus)
        if (found.number, found.digest) != (self.number, self.digest):
            raise Unreadable(
                f"The edition in {self.folder} was changed since it was brought. Remove that "
                "folder, and bring the edition again from its file.",
                "damaged",
            )
        return found

    def packed(self) -> Packed | None:
        """Return its signed list; None of a copy of a release's own collection."""
        path = self.folder / MANIFEST
        return read_packed(path.read_bytes()) if path.is_file() else None


class Shelf:
    """The editions of one home folder, and the one that its release brought."""

    def __init__(self, settings: Settings, held: str | None) -> None:
        """`held` is the edition that the catalogue says it holds."""
        self._folder = settings.editions_folder
        self._bundled = settings.corpus
        self._held = held

    def kept(self) -> list[Kept]:
        """List the editions in the home folder, the lowest number first."""
        if not self._folder.is_dir():
            return []
        named = [(_NAME.fullmatch(path.name), path) for path in sorted(self._folder.iterdir())]
        return [Kept(int(name["number"]), name["digest"], path) for name, path in named if name]

    def in_use(self) -> Kept | None:
        """Return the edition in use if it is one of those kept.

        None: the collection of the release is in use, or its number is higher than any kept.
        """
        kept = self.kept()
        current = next((one for one in kept if one.digest == self._held), None)
        if current is None or self._bundled_number() > max(one.number for one in kept):
            return None
        return current

    def corpus(self) -> Path:
        """Return the folder of the collection that is to be used."""
        current = self.in_use()
        return current.corpus if current else self._bundled

    def current(self) -> Edition | None:
        """Return the edition in use; None where there is no collection at all yet."""
        kept = self.in_use()
        if kept is not None:
            return kept.edition()
        return read_edition(self._bundled) if (self._bundled / "instruments").is_dir() else None

    @contextmanager
    def empty(self, name: str = ".incoming") -> Iterator[Path]:
        """Lend an empty folder on the disk of the others; what is left in it is removed."""
        with writing(self._folder), folder_of_one(self._folder / name) as folder:
            yield folder

    def put(self, folder: Path, edition: Edition) -> Kept:
        """Move a whole edition to its place by one rename; one of the same content stays."""
        place = self._folder / edition.name
        if not place.exists():
            _sync(folder)
            folder.rename(place)
            _sync(self._folder)
        return Kept(edition.number, edition.digest, place)

    def keep_bundled(self) -> None:
        """Copy the release's collection, if that is in use, so that it can be returned to."""
        if self.in_use() is not None or not (self._bundled / "instruments").is_dir():
            return
        edition = read_edition(self._bundled)
        if edition.digest != self._held:
            return  # it was never in use
        with self.empty(".copying") as folder:
            for path in collection_files(self._bundled):
                copy = folder / "corpus" / path.relative_to(self._bundled)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
            self.put(folder, edition)

    def tidy(self, used: str) -> None:
        """Keep the edition named and the newest others; remove the rest."""
        others = [one for one in self.kept() if one.digest != used]
        for one in others[:-KEPT]:
            shutil.rmtree(one.folder, ignore_errors=True)

    def _bundled_number(self) -> int:
        return number_of(self._bundled)


@contextmanager
def exchanging(settings: Settings) -> Iterator[None]:
    """Be the one process that exchanges the collection of a home folder; raise StoreBusy."""
    path = settings.home / "editions.lock"
    with writing(path):
        settings.home.mkdir(parents=True, exist_ok=True)
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise StoreBusy(
                f"Another command is bringing the collection of {settings.home} up to date. Wait "
                "until it has ended, then run this one again."
            ) from exc
        yield
    finally:
        os.close(held)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
