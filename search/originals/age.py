"""Seal to a public key in the format of age (https://c2sp.org/age), and open again, by pyrage.

Whoever seals needs no secret: a server can write what it cannot read. Any program that speaks the
format (age, rage) opens the files and makes the keys.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from pyrage import DecryptError, IdentityError, RecipientError, decrypt, encrypt_io, x25519

from search.errors import Unreadable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_Done = TypeVar("_Done")

_ANOTHER_KEY = "No matching keys found"  # the library tells all that can go wrong by words alone


def is_recipient(text: str) -> bool:
    """Tell whether a text is a public key: age1 and 58 letters and digits, without a slip."""
    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A secret key, as age writes it, and the public one that goes with it."""

    written: str
    recipient: str


def new_identity() -> Identity:
    """Draw a new pair of keys."""
    return _identity(x25519.Identity.generate())


def read_identity(text: str) -> Identity:
    """Read the file of a secret key, as `age-keygen` writes it; raise Unreadable ("identity")."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        (key,) = [line for line in lines if line and not line.startswith("#")]
        return _identity(x25519.Identity.from_str(key))
    except (ValueError, IdentityError) as exc:
        raise Unreadable(
            "The key file holds no secret key: one line that begins with AGE-SECRET-KEY-1, and no "
            "other but remarks. A key file that is itself encrypted must be decrypted first.",
            "identity",
        ) from exc


def seal(parts: Iterable[bytes], target: BinaryIO, recipient: str) -> None:
    """Seal what the parts make together into a file, taking each when the one before is sealed.

    Raises what taking or writing them raises: what was written then cannot be opened.
    """
    ends = _Ends(parts, target)
    try:
        encrypt_io(ends, ends, [x25519.Recipient.from_str(recipient)])
    finally:
        if ends.failure is not None:
            raise ends.failure


def open_sealed(data: bytes, identity: Identity) -> bytes:
    """Return what is sealed; raise Unreadable, reason "identity" or "damaged". Nothing is given
    before all of it is proved whole."""
    try:
        return decrypt(data, [x25519.Identity.from_str(identity.written)])
    except DecryptError as exc:
        if str(exc) == _ANOTHER_KEY:
            raise Unreadable(
                "The original was sealed to another key than the one given. Use the key file whose "
                "public key stood in TAMYEEZ_ORIGINALS_RECIPIENT when the file was ingested.",
                "identity",
            ) from exc
        raise Unreadable(
            "The sealed original is damaged: a part of it was changed or cut off. Nothing of it "
            "was shown; put a copy from a backup of the folder TAMYEEZ_ORIGINALS in its place.",
            "damaged",
        ) from exc


class _Ends(io.BufferedIOBase):
    """What the library reads and writes. It keeps a failure, of which the library tells only the
    words, and where the last write fails (a full disk) not even these."""

    def __init__(self, parts: Iterable[bytes], target: BinaryIO) -> None:
        self._parts = iter(parts)
        self._rest = b""
        self._target = target
        self.failure: BaseException | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None and size > 0  # the library says how much it takes
        return self._kept(lambda: self._next(size))

    def write(self, data: ReadableBuffer, /) -> int:
        return self._kept(lambda: self._target.write(data))

    def _next(self, size: int) -> bytes:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._rest = part
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def _kept(self, do: Callable[[], _Done]) -> _Done:
        try:
            return do()
        except BaseException as exc:
            self.failure = self.failure or exc
            raise


def _identity(key: x25519.Identity) -> Identity:
    return Identity(str(key), str(key.to_public()))
