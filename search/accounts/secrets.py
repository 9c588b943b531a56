"""Passwords, and the random secrets that stand for a session or a token."""

from __future__ import annotations

import hashlib
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Each check takes 64 MiB and some tens of milliseconds: a flood of sign-ins must not take more.
_AT_ONCE = threading.BoundedSemaphore(2)
_hasher = PasswordHasher()  # the parameters of RFC 9106 that the library recommends
# Checked where there is no such account, so that the time of an answer tells nothing.
_nobody = ""
TOKEN_PREFIX = "tmz_"  # noqa: S105 - it tells what a leaked string is


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _hasher.hash(password)


def is_password(held: str | None, password: str) -> bool:
    """Tell whether a password is the one held; without one, take as long and say no."""
    global _nobody  # noqa: PLW0603 - made when first needed: it takes as long as a check
    if held is None and not _nobody:
        _nobody = hash_password(secrets.token_urlsafe(16))
    with _AT_ONCE:
        try:
            return _hasher.verify(held or _nobody, password) and held is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(held: str) -> bool:
    """Tell whether a hash was made with weaker parameters than are used now."""
    return _hasher.check_needs_rehash(held)


def new_password() -> str:
    """Return a password for one sign-in, as it can be read aloud: 80 random bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    drawn = "".join(secrets.choice(letters) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def new_secret(prefix: str = "") -> str:
    """Return 256 random bits as text."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret; random, it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
