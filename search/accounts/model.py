"""What accounts are made of. Values only."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from search.errors import BadAccount, BadPassword

MIN_PASSWORD_CHARS, MAX_PASSWORD_CHARS = 12, 200
MAX_TOKENS = 20  # of one account
MAX_TOKEN_DAYS = 366
_NAME = re.compile(r"[\w.@-]{2,64}")


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    id: str
    name: str
    roles: tuple[str, ...]
    must_change: bool  # the password was set by another person
    disabled: bool
    locked: bool  # for some place, after wrong passwords; passes by itself
    single_sign_on: bool
    created_at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that has just been made; the token is told once."""

    token: str
    account: Account


@dataclass(frozen=True, slots=True)
class Token:
    """What a program reads with, in the name of an account; the secret itself is told once."""

    id: str
    name: str
    scopes: tuple[str, ...]  # permissions it keeps of those its account has
    created_at: str
    expires: float  # seconds since 1970


def checked_name(name: str) -> str:
    """Return an account's name; raise BadAccount."""
    said = unicodedata.normalize("NFKC", name.strip())
    if not _NAME.fullmatch(said):
        raise BadAccount(
            "A user's name has 2 to 64 letters, digits or . _ @ -, without blanks. Choose another."
        )
    return said


def key_of(name: str) -> str:
    """Return a name as names are compared: case and forms of letters do not count."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def check_password(password: str, name: str) -> None:
    """Raise BadPassword for one that is not to be used."""
    told = password.casefold()
    if (
        not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS
        or key_of(name) in told
        or len(set(told)) < 5
    ):
        raise BadPassword(
            f"A password has {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters and does not "
            "hold the user's name. Several words in a row are easy to keep in mind.",
            least=MIN_PASSWORD_CHARS,
            most=MAX_PASSWORD_CHARS,
        )
