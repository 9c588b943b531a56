"""Take in the files of a form: streamed into a folder, named safely, each within its limits.

Nothing of a file is held in memory, whatever its size. Knows forms and folders; knows nothing of
what files are.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from search.errors import BadRequest, LimitReached
from web.security import MAX_UPLOAD_FILE_BYTES

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_FILES = 200
MAX_FIELDS = 20
MAX_FIELD_BYTES = 1000
MAX_NAME_BYTES = 240  # with `.yaml` added it must still be a name the disk takes
_HEADER_BYTES = 4096
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")  # control, format, and what is no character


class Fault(StrEnum):
    """Why a file of a form is not taken."""

    NAME = "name"
    LONG = "long"
    KIND = "kind"
    EMPTY = "empty"
    SIZE = "size"
    TWICE = "twice"  # two files of the form have one name
    HELD = "held"  # another file of that name was added before
    SAME = "same"  # this very file was


@dataclass(frozen=True, slots=True)
class Received:
    """A file of a form: its name, safe to use, and where its bytes lie meanwhile."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that is not taken, and why."""

    name: str
    fault: Fault


@dataclass(slots=True)
class Upload:
    """What a form held."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Received] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)


async def read_upload(request: Request, folder: Path, suffixes: Collection[str]) -> Upload:
    """Read a form into a folder of its own; files of other suffixes are not taken.

    Raises BadRequest for what is no whole form, LimitReached for too many fields or files.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise BadRequest("Send the form of the library's page: multipart/form-data.")
    intake = _Intake(folder, suffixes)
    try:
        parser = MultipartParser(options[b"boundary"], intake.callbacks())
        async for chunk in request.stream():
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
    except (FormParserError, ClientDisconnect) as exc:
        raise BadRequest("The form broke off, or is none. Send it again.") from exc
    finally:
        intake.close()
    if not intake.is_whole:
        raise BadRequest("The form broke off before its end. Send it again.")
    return intake.upload


def safe_name(given: str) -> str:
    """Return the last part of a name as it can be used and shown; empty where nothing is left.

    >>> safe_name("../../etc/\\u202elaw\\x00 of 2013.pdf")
    'law of 2013.pdf'
    """
    last = re.split(r"[/\\]|^[A-Za-z]:", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(
        " " if char.isspace() else char
        for char in last
        if char.isspace() or unicodedata.category(char) not in _UNSEEN
    )
    return " ".join(seen.split()).lstrip(".~ ").rstrip(". ")


def fault_of_name(name: str, suffixes: Collection[str]) -> Fault | None:
    """Say what is wrong with a safe name, if anything."""
    path = Path(name)
    if not name or not path.stem:
        return Fault.NAME
    if len(name.encode()) > MAX_NAME_BYTES:
        return Fault.LONG
    return None if path.suffix.lower() in suffixes else Fault.KIND


class _Intake:
    """Receives the pieces of a form as they come."""

    def __init__(self, folder: Path, suffixes: Collection[str]) -> None:
        self.upload = Upload()
        self.is_whole = False
        self._folder = folder
        self._suffixes = suffixes
        self._parts = 0
        self._header = bytearray()
        self._value = bytearray()
        self._disposition = b""
        self._field: str | None = None
        self._said = bytearray()
        self._file: IO[bytes] | None = None
        self._name = ""
        self._size = 0

    def callbacks(self) -> MultipartCallbacks:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._add_header,
            "on_header_value": self._add_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": self._add,
            "on_part_end": self._end,
            "on_end": self._end_form,
        }

    def close(self) -> None:
        """Close what is open; of a form that broke off nothing is used."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MAX_FILES + MAX_FIELDS:
            raise LimitReached(f"A form holds up to {MAX_FILES} files.", limit=MAX_FILES)
        self._disposition, self._field = b"", None
        self._said.clear()
        self._name, self._size = "", 0

    def _add_header(self, data: bytes, start: int, end: int) -> None:
        self._grow(self._header, data[start:end], _HEADER_BYTES)

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._grow(self._value, data[start:end], _HEADER_BYTES)

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _open(self) -> None:
        _, options = parse_options_header(self._disposition)
        given = options.get(b"filename")
        if given is None:
            self._field = options.get(b"name", b"").decode("utf-8", "replace")
            return
        self._name = safe_name(given.decode("utf-8", "replace"))
        fault = fault_of_name(self._name, self._suffixes) if given else None
        if not given:  # no file was chosen
            return
        if any(file.name == self._name for file in self.upload.files):
            fault = Fault.TWICE
        if fault is not None:
            self._refuse(fault)
            return
        place = self._folder / str(self._parts)
        self._file = os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.upload.files.append(Received(self._name, place))

    def _add(self, data: bytes, start: int, end: int) -> None:
        if self._field is not None:
            self._grow(self._said, data[start:end], MAX_FIELD_BYTES)
        elif self._file is not None:
            self._size += end - start
            if self._size > MAX_UPLOAD_FILE_BYTES:
                self._drop(Fault.SIZE)
            else:
                self._file.write(memoryview(data)[start:end])

    def _end(self) -> None:
        if self._field is not None:
            self.upload.fields[self._field] = self._said.decode("utf-8", "replace")
        elif self._file is not None and self._size == 0:
            self._drop(Fault.EMPTY)
        elif self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())  # it is about to be acknowledged
            self.close()

    def _end_form(self) -> None:
        self.is_whole = True

    def _drop(self, fault: Fault) -> None:
        self.close()
        self.upload.files.pop().path.unlink()
        self._refuse(fault)

    def _refuse(self, fault: Fault) -> None:
        self.upload.not_taken.append(NotTaken(self._name[:MAX_NAME_BYTES], fault))

    @staticmethod
    def _grow(held: bytearray, more: bytes, most: int) -> None:
        if len(held) + len(more) > most:
            raise LimitReached(f"A field of the form is longer than {most} bytes.", limit=most)
        held += more
