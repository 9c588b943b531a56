"""Encrypt a backup with a passphrase, and read it again from any place.

A sealed file is

    magic      17 bytes  b"TAMYEEZ-SEALED-1\\n"
    salt       16 bytes  random
    chunks               65,536 bytes of the zip each, the last one shorter or as long, and after
                         each the 16 bytes of its tag

The key is scrypt(passphrase in UTF-8, NFC; salt; N = 2^17, r = 8, p = 1), 32 bytes. A chunk is
ChaCha20-Poly1305 with the first 33 bytes as additional data; its nonce is its number in 11 bytes,
big-endian, and one byte that is 1 for the last chunk, else 0. So no chunk can be changed, moved,
repeated or cut off unseen. A salt is used once, hence so is each nonce of its key.
"""

from __future__ import annotations

import io
import os
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from search.errors import Unreadable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAGIC = b"TAMYEEZ-SEALED-1\n"
MIN_PASSPHRASE_CHARS = 12
_SALT_BYTES = 16
_HEADER_BYTES = len(MAGIC) + _SALT_BYTES
_CHUNK = 1 << 16
_TAG = 16


class SealingWriter(io.RawIOBase):
    """Encrypts what is written to it; `finish` ends the file, without it nothing can be opened."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        """Begin a sealed file at the target's place. The target stays the caller's to close."""
        self._header = MAGIC + os.urandom(_SALT_BYTES)
        self._cipher = _cipher(passphrase, self._header)
        self._target = target
        self._pending = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        self._pending += memoryview(data).cast("B")
        # A full chunk waits for the byte after it: only then is it known not to be the last.
        while len(self._pending) > _CHUNK:
            self._seal(bytes(self._pending[:_CHUNK]), is_last=False)
            del self._pending[:_CHUNK]
        return memoryview(data).nbytes

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._pending), is_last=True)
        self._pending.clear()

    def _seal(self, chunk: bytes, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The zip within a sealed file, as a file that can be read from any place."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        """Open it; raise Unreadable, reason "passphrase" or "damaged"."""
        self._source = source
        self._header = source.read(_HEADER_BYTES)
        length = source.seek(0, os.SEEK_END) - _HEADER_BYTES
        self._count = -(-length // (_CHUNK + _TAG))
        self._size = length - self._count * _TAG
        if self._count < 1 or self._size < 0:
            raise _changed()
        self._cipher = _cipher(passphrase, self._header)
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        try:
            self._chunk(0)
        except Unreadable as exc:
            raise Unreadable(
                "The backup cannot be opened: the passphrase is another one, or the file was "
                "changed.",
                "passphrase",
            ) from exc
        self._chunk(self._count - 1)  # it says of itself that it is the last: nothing is cut off

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning of the file")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, _CHUNK)
        view = memoryview(buffer).cast("B")
        part = self._chunk(number)[within : within + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see _cipher

        if self._held[0] != number:
            self._source.seek(_HEADER_BYTES + number * (_CHUNK + _TAG))
            sealed = self._source.read(_CHUNK + _TAG)
            nonce = _nonce(number, number == self._count - 1)
            try:
                self._held = number, self._cipher.decrypt(nonce, sealed, self._header)
            except InvalidTag as exc:
                raise _changed() from exc
        return self._held[1]


def is_sealed(source: BinaryIO) -> bool:
    """Tell whether a file is sealed, from its beginning; the place read from is the first again."""
    begins = source.read(len(MAGIC))
    source.seek(0)
    return begins == MAGIC


def _cipher(passphrase: str, header: bytes) -> ChaCha20Poly1305:
    # The library takes as long to import as a search takes to answer.
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    secret = unicodedata.normalize("NFC", passphrase).encode()
    # 128 MB and a third of a second for each passphrase that somebody tries.
    key = Scrypt(salt=header[len(MAGIC) :], length=32, n=1 << 17, r=8, p=1).derive(secret)
    return ChaCha20Poly1305(key)


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _changed() -> Unreadable:
    return Unreadable(
        "The backup is damaged: a part of it was changed or cut off. Nothing was taken from it; "
        "get another copy.",
        "damaged",
    )
