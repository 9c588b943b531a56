"""Sign sheets with a key of this installation's own, and check such signatures.

Ed25519: whoever has the file can check that it is unchanged, and only the holder of the key can
have signed it. A record carries its public key; whose key that is, its fingerprint tells.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.catalogue.rows import dump
from search.errors import EngineUnavailable
from search.record.sheet import FORMAT, VERSION, Sheet

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_FILE = "record.key"
ALGORITHM = "ed25519"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and with what result, both in base64."""

    algorithm: str
    key: str
    value: str

    @property
    def fingerprint(self) -> str:
        """What people compare to know a key: sixteen hexadecimal digits in groups of four."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:16]
        return " ".join(digest[n : n + 4] for n in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Record:
    """A signed sheet. `body` is what was signed: the sheet as plain values, with its format."""

    sheet: Sheet
    signature: Signature
    body: Mapping[str, Any]

    def is_unchanged(self) -> bool:
        """Tell whether the sheet is what the key's holder signed."""
        return is_signed(self.body, self.signature)


class Signer:
    """Holds the key of one home folder; it is made when first needed."""

    def __init__(self, home: Path) -> None:
        """Read nothing yet."""
        self._path = home / KEY_FILE

    def sign(self, sheet: Sheet) -> Record:
        """Return the sheet with a signature. Raises EngineUnavailable where the key is unusable."""
        body = {"format": FORMAT, "version": VERSION, "sheet": dump(sheet)}
        return Record(sheet, self.sign_body(body), body)

    def sign_body(self, body: Mapping[str, Any]) -> Signature:
        """Sign plain values, whose "format" says what they are. Raises EngineUnavailable."""
        private = self._key()
        public = private.public_key().public_bytes_raw()
        value = private.sign(canonical(body))
        return Signature(ALGORITHM, _encoded(public), _encoded(value))

    def is_own(self, signature: Signature) -> bool:
        """Tell whether a signature names the key of this installation; makes no key."""
        if not self._path.exists():
            return False
        return _encoded(self._key().public_key().public_bytes_raw()) == signature.key

    def _key(self) -> Ed25519PrivateKey:
        # The library takes as long to import as a search takes to answer.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        try:
            if not self._path.exists():
                _create(self._path)
            seed = _decoded(self._path.read_text("ascii").strip())
            return Ed25519PrivateKey.from_private_bytes(seed)
        except (OSError, ValueError) as exc:
            raise EngineUnavailable(
                f"The key that signs records, {self._path}, cannot be used. Restore it from a "
                "copy, or move it away: a new one is made, and older records are then those of "
                "another key.",
                name=str(self._path),
            ) from exc


def is_signed(body: Mapping[str, Any], signature: Signature) -> bool:
    """Tell whether plain values are what the key's holder signed."""
    # See Signer.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        key = Ed25519PublicKey.from_public_bytes(_decoded(signature.key))
        key.verify(_decoded(signature.value), canonical(body))
    except (InvalidSignature, ValueError):
        return False
    return signature.algorithm == ALGORITHM


def canonical(body: Mapping[str, Any]) -> bytes:
    """Return plain values as the one sequence of bytes that is signed.

    Raises ValueError for what no JSON file can hold: infinite numbers, halves of characters.
    """
    text = json.dumps(
        body, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def _create(path: Path) -> None:
    """Write a new key that only this account can read; another process may be faster."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(_encoded(secrets.token_bytes(_KEY_BYTES)))
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never replaces the key that another process has just made.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as exc:
        raise ValueError("not base64") from exc
