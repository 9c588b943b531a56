"""Keep what was read from pictures and what a person made of it, apart from the collection.

A folder for each file, named by the hash of its content, holds one small JSON file a page. Raw text
of judgments may be in it: only the account that runs Tamyeez may open the folder. Pictures are not
kept. The name of a page's file is its number, so that the same content read again finds its
corrections, whatever the file is called by then.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from search.errors import NotHeld, StoreDamaged, StoreFull

FOLDER = "scans"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PAGE = re.compile(r"page-(\d{5})\.json")


class PageState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"  # a person found the text as read to be right
    CORRECTED = "corrected"  # the text is a person's
    REJECTED = "rejected"  # not to be used: a better copy is needed


class Doubt(StrEnum):
    """What speaks against a page as read."""

    CONFIDENCE = "confidence"  # the engine itself is unsure of many words
    NUMBERS = "numbers"  # two readings at different sizes differ in their numbers
    ARTICLES = "articles"  # article numbers do not run on
    COLUMNS = "columns"  # lines jump between the columns
    EMPTY = "empty"  # nothing was read
    FAILED = "failed"  # the engine gave up on it


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read or as corrected. `confidences` has one value 0..1 a line, none if reviewed."""

    number: int
    lines: tuple[str, ...]
    state: PageState = PageState.WAITING
    confidence: float = 0.0  # mean of its words, as the engine gave it
    confidences: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    disputed: tuple[str, ...] = ()  # numbers, as digits 0-9, that the second reading has not
    reviewed_at: str | None = None  # ISO 8601, UTC

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_reviewed(self) -> bool:
        """Whether a person stands for its text."""
        return self.state in (PageState.ACCEPTED, PageState.CORRECTED)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file some of whose pages were read from pictures."""

    sha256: str
    path: str
    name: str
    total: int  # pages, those with a sound text layer included
    options: dict[str, str]  # what the command said of it: kind, work, language, authority


class PageStore:
    """The folder of pages. Each write is one atomic step; two processes may use it at once."""

    def __init__(self, private: Path) -> None:
        """Take the folder for what must not get into the collection; it is made when needed."""
        self._root = private / FOLDER

    def files(self) -> list[ReadFile]:
        """List the files, by name and hash."""
        if not self._root.is_dir():
            return []
        found = [self.file(entry.name) for entry in self._root.iterdir() if _is_hash(entry.name)]
        return sorted((f for f in found if f), key=lambda file: (file.name, file.sha256))

    def file(self, sha256: str) -> ReadFile | None:
        """Return what is known of a file, None if nothing."""
        raw = _load(self._folder(sha256) / "file.json")
        if raw is None:
            return None
        try:
            return ReadFile(**raw)
        except TypeError as exc:
            raise _damaged(sha256) from exc

    def find(self, name: str) -> ReadFile:
        """Return the one file of this name or with a hash that begins so; raise NotHeld."""
        files = self.files()
        found = [f for f in files if f.name == name] or [
            f for f in files if len(name) >= 4 and f.sha256.startswith(name.lower())
        ]
        if len(found) == 1:
            return found[0]
        raise NotHeld(
            f"No one file in the review queue is called {name!r}. `tamyeez review list` shows "
            "what waits, with the id of each.",
            id=name,
        )

    def pages(self, sha256: str) -> list[ReadPage]:
        """Return the pages of a file that were read from pictures, in order."""
        folder = self._folder(sha256)
        if not folder.is_dir():
            return []
        numbers = [int(m[1]) for entry in folder.iterdir() if (m := _PAGE.fullmatch(entry.name))]
        found = [self.page(sha256, number) for number in sorted(numbers)]
        return [page for page in found if page is not None]

    def page(self, sha256: str, number: int) -> ReadPage | None:
        """Return one page, None if it was not read from a picture."""
        raw = _load(self._page_path(sha256, number))
        if raw is None:
            return None
        try:
            return _page_of(raw)
        except (TypeError, ValueError, KeyError) as exc:
            raise _damaged(sha256) from exc

    def save_file(self, file: ReadFile) -> None:
        """Keep what is known of a file."""
        _save(self._folder(file.sha256) / "file.json", asdict(file))

    def save_page(self, sha256: str, page: ReadPage) -> None:
        """Keep a page, in place of what was kept of it."""
        _save(self._page_path(sha256, page.number), asdict(page))

    def decide(
        self, sha256: str, number: int, state: PageState, text: str | None = None
    ) -> ReadPage:
        """Keep a person's decision on a page; `text` is the page's where it was corrected.

        Raises NotHeld for a page that was not read from a picture.
        """
        page = self.page(sha256, number)
        if page is None:
            raise NotHeld(f"Page {number} was not read from a picture.", id=str(number))
        lines = page.lines if text is None else tuple(text.strip("\n").split("\n"))
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        decided = replace(page, lines=lines, state=state, reviewed_at=now)
        self.save_page(sha256, decided)
        return decided

    def decisions(self, sha256: str) -> str:
        """Hash what persons have decided of a file; "" where nothing was."""
        pages = [page for page in self.pages(sha256) if page.state is not PageState.WAITING]
        if not pages:
            return ""
        said = json.dumps([(p.number, p.state, p.lines) for p in pages])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def forget(self, sha256: str) -> None:
        """Remove all that is kept of a file, corrections included."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._folder(sha256))

    def _folder(self, sha256: str) -> Path:
        if not _is_hash(sha256):
            raise NotHeld(f"{sha256[:80]!r} is not the hash of a file.", id=sha256[:80])
        return self._root / sha256

    def _page_path(self, sha256: str, number: int) -> Path:
        return self._folder(sha256) / f"page-{number:05d}.json"


def _is_hash(text: str) -> bool:
    return _SHA256.fullmatch(text) is not None


def _page_of(raw: dict[str, Any]) -> ReadPage:
    return ReadPage(
        number=int(raw["number"]),
        lines=tuple(map(str, raw["lines"])),
        state=PageState(raw["state"]),
        confidence=float(raw["confidence"]),
        confidences=tuple(map(float, raw["confidences"])),
        doubts=tuple(map(Doubt, raw["doubts"])),
        disputed=tuple(map(str, raw["disputed"])),
        reviewed_at=raw["reviewed_at"],
    )


def _load(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as exc:
        raise _damaged(path.parent.name) from exc
    if not isinstance(found, dict):
        raise _damaged(path.parent.name)
    return found


def _save(path: Path, value: dict[str, Any]) -> None:
    """Write beside and swap, so that a kill leaves the old file or the new one."""
    data = json.dumps(value, ensure_ascii=False).encode()
    try:
        for folder in (path.parents[2], path.parents[1], path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A temporary file of this kind is readable by its owner alone.
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as exc:
        raise StoreFull(
            f"A page could not be kept for review ({exc.strerror}). Free some space, check that "
            "the home folder can be written, and run the command again."
        ) from exc


def _damaged(sha256: str) -> StoreDamaged:
    return StoreDamaged(
        f"What is kept of the scanned file {sha256[:12]} is damaged. Restore its folder under "
        f"private/{FOLDER} of the home folder from a copy, or remove it and ingest the file again."
    )
