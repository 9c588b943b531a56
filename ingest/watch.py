"""Watch a folder into which an office drops files, and ingest what is new or has changed.

The folder is looked at every few seconds; a file is read when size and time of change have stood
still for a while, so that a slow copy is never read half. Nothing is ever withdrawn because a file
is gone: that is said, and left to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ingest.files import Stamp, is_read, stamp_of
from ingest.report import FileReport
from ingest.sidecar import sidecar_path
from search.errors import TamyeezError

EVERY_SECONDS = 2.0
SETTLED_AFTER = 3  # looks at which a file was the same, before it is read

FileStamp = tuple[Stamp, Stamp]  # of the file and of its sidecar


class EventKind(StrEnum):
    WATCHING = "watching"
    READ = "read"  # with the file's report
    GONE = "gone"
    TROUBLE = "trouble"  # the folder or a store cannot be used; it is tried again
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for one line."""

    kind: EventKind
    name: str
    said: str = ""
    report: FileReport | None = None


@dataclass(slots=True)
class _Look:
    """How a file looked, and at how many looks in a row."""

    stamp: FileStamp
    times: int = 1


@dataclass(slots=True)
class Watch:
    """A folder under watch. `ingest` reads some files; `say` is told of every event.

    `wait` sleeps for some seconds and returns True when it is time to stop.
    """

    folder: Path
    ingest: Callable[[Sequence[Path]], Sequence[FileReport]]
    say: Callable[[Event], None]
    wait: Callable[[float], bool]
    _read: dict[Path, FileStamp] = field(default_factory=dict)
    _waiting: dict[Path, _Look] = field(default_factory=dict)
    _missing: dict[Path, int] = field(default_factory=dict)
    _trouble: str = ""

    def run(self) -> None:
        """Watch until it is time to stop."""
        self.say(Event(EventKind.WATCHING, self.folder.name))
        self.look()
        while not self.wait(EVERY_SECONDS):
            self.look()
        self.say(Event(EventKind.STOPPED, self.folder.name))

    def look(self) -> None:
        """Look once: read what has settled, say what is gone."""
        try:
            found = _stamps(self.folder)
        except OSError as exc:
            self._say_trouble(f"the folder cannot be read ({exc.strerror}); it is tried again")
            return
        settled = self._settled(found)
        if settled:
            self._take(settled, found)
        self._say_gone(found)

    def _settled(self, found: Mapping[Path, FileStamp]) -> list[Path]:
        waiting = {}
        for path, stamp in found.items():
            if self._read.get(path) == stamp:
                continue
            before = self._waiting.get(path)
            same = before is not None and before.stamp == stamp
            waiting[path] = _Look(stamp, before.times + 1 if before and same else 1)
        self._waiting = waiting
        return [path for path, look in waiting.items() if look.times >= SETTLED_AFTER]

    def _take(self, settled: Sequence[Path], found: Mapping[Path, FileStamp]) -> None:
        try:
            reports = self.ingest(settled)
        except TamyeezError as exc:
            self._say_trouble(str(exc))
            return
        self._trouble = ""
        # Told to stop, an ingest leaves the files it has not begun; they come last.
        for path, report in zip(settled, reports, strict=False):
            self._read[path] = found[path]
            self.say(Event(EventKind.READ, report.file, report=report))

    def _say_gone(self, found: Mapping[Path, FileStamp]) -> None:
        here = set(found.values())
        for path in [path for path in self._read if path not in found]:
            looks = self._missing[path] = self._missing.get(path, 0) + 1
            # A file that is saved anew is away for a moment; one renamed is here by another name.
            if looks <= SETTLED_AFTER:
                continue
            stamp = self._read.pop(path)
            if stamp not in here:
                self.say(Event(EventKind.GONE, path.name))
        self._missing = {path: n for path, n in self._missing.items() if path in self._read}
        for path in found.keys() & self._missing.keys():
            del self._missing[path]

    def _say_trouble(self, said: str) -> None:
        if said != self._trouble:  # once, not at every look
            self._trouble = said
            self.say(Event(EventKind.TROUBLE, self.folder.name, said))


def _stamps(folder: Path) -> dict[Path, FileStamp]:
    """Return how every file that is read looks now; one of no bytes is still being made."""
    next(folder.iterdir(), None)  # raises where rglob would find nothing and say nothing
    found: dict[Path, FileStamp] = {}
    for path in sorted(folder.rglob("*")):
        stamp = stamp_of(path) if is_read(path) else None
        if stamp is not None and stamp[0] > 0:
            found[path] = (stamp, stamp_of(sidecar_path(path)))
    return found
