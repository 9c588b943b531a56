"""Sign persons and programs in, and administer their accounts.

Nobody learns from an answer whether an account exists: a wrong name, a wrong password, a locked
and a disabled account are refused alike.
"""

from __future__ import annotations

import datetime as dt
import secrets as random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from search.access import Reader, matrix
from search.accounts import guessing, secrets
from search.accounts import tables as t
from search.accounts.model import (
    MAX_PASSWORD_CHARS,
    MAX_TOKEN_DAYS,
    MAX_TOKENS,
    MIN_PASSWORD_CHARS,
    Account,
    Session,
    Token,
    check_password,
    checked_name,
    key_of,
)
from search.accounts.store import AccountStore
from search.errors import BadAccount, BadPassword, NotHeld, NotSignedIn

SEEN_EVERY_S = 60.0  # a session's last use is written no more often
_WRONG = "The name or the password is wrong, or the account is locked. Try again in a while."
_ACCOUNT = sa.select(t.accounts)


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """When a session ends by itself, in seconds."""

    idle: float = 30 * 60.0
    absolute: float = 12 * 3600.0


class Accounts:
    """The accounts of one installation. Safe to use from several threads and processes.

    Every function may raise AccountsUnavailable; one that names an account raises NotHeld where
    there is none of that name.
    """

    def __init__(
        self,
        store: AccountStore,
        time_outs: TimeOuts = TimeOuts(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Read nothing yet."""
        self._store = store
        self._time_outs = time_outs
        self._clock = clock

    # --- administering

    def all(self) -> list[Account]:
        """Return the accounts by name."""
        with self._store.read() as conn:
            rows = conn.execute(_ACCOUNT.order_by(t.accounts.c.key)).all()
            locked = guessing.locked(conn, self._clock())
        return [_account(row, row.id in locked) for row in rows]

    def account(self, name: str) -> Account:
        """Return the account of a name."""
        with self._store.read() as conn:
            row = _named(conn, name)
            return _account(row, row.id in guessing.locked(conn, self._clock()))

    def add(self, name: str, roles: Sequence[str], subject: str | None = None) -> str:
        """Add an account; return a password that must be changed when it is first used.

        With a `subject` of single sign-on there is no password, and "" is returned.
        """
        said, wanted = checked_name(name), matrix().checked_roles(roles)
        password = "" if subject else secrets.new_password()
        row = {
            "id": f"u-{random.token_hex(8)}",
            "name": said,
            "key": key_of(said),
            "roles": list(wanted),
            "password": secrets.hash_password(password) if password else None,
            "subject": subject,
            "must_change": bool(password),
            "disabled": False,
            "failures": 0,
            "created_at": self._moment(),
        }
        with self._store.write() as conn:
            if conn.execute(_ACCOUNT.where(t.accounts.c.key == row["key"])).first():
                raise BadAccount(f"There is an account {said!r} already. Choose another name.")
            conn.execute(t.accounts.insert().values(row))
        return password

    def set_roles(self, name: str, roles: Sequence[str]) -> None:
        """Give an account other roles; they count from its next request."""
        wanted = list(matrix().checked_roles(roles))
        with self._store.write() as conn:
            self._change(conn, _named(conn, name).id, roles=wanted)

    def reset(self, name: str) -> str:
        """Give an account a new password, to be changed when first used; end its sessions."""
        password = secrets.new_password()
        hashed = secrets.hash_password(password)
        with self._store.write() as conn:
            account = _named(conn, name).id
            self._change(conn, account, password=hashed, must_change=True)
            guessing.forgive(conn, account)
            _end(conn, t.sessions, account)
        return password

    def disable(self, name: str) -> None:
        """Keep an account from signing in; end its sessions and tokens. What it keeps stays."""
        with self._store.write() as conn:
            account = _named(conn, name).id
            self._change(conn, account, disabled=True)
            _end(conn, t.sessions, account)
            _end(conn, t.tokens, account)

    def enable(self, name: str) -> None:
        """Let a disabled or locked account sign in again."""
        with self._store.write() as conn:
            account = _named(conn, name).id
            self._change(conn, account, disabled=False)
            guessing.forgive(conn, account)

    # --- signing in

    def sign_in(self, name: str, password: str, before: str = "", place: str = "") -> Session:
        """Begin a session by password; `before` is the token of one to be ended.

        `place` is the address it comes from, see guessing.py. Raises NotSignedIn.
        """
        with self._store.read() as conn:
            row = conn.execute(_ACCOUNT.where(t.accounts.c.key == key_of(name))).first()
        right = secrets.is_password(row.password if row else None, password[:400])
        if row is None:
            raise NotSignedIn(_WRONG)
        with self._store.write() as conn:
            row = conn.execute(_ACCOUNT.where(t.accounts.c.id == row.id)).one()
            now = self._clock()
            if row.disabled or guessing.must_wait(conn, row, place, now):
                right = False
            elif not right:
                guessing.count_failure(conn, row, place, now)
            if right:
                guessing.count_success(conn, row.id, place, now)
                if secrets.is_outdated(row.password):
                    self._change(conn, row.id, password=secrets.hash_password(password))
                return self._begin(conn, row, before)
        raise NotSignedIn(_WRONG)

    def sign_in_as(self, subject: str, before: str = "") -> Session:
        """Begin a session of the account of a subject of single sign-on. Raises NotSignedIn."""
        with self._store.write() as conn:
            row = conn.execute(_ACCOUNT.where(t.accounts.c.subject == subject)).first()
            if row is None or row.disabled:
                raise NotSignedIn("No account here belongs to this sign-in. Ask the administrator.")
            return self._begin(conn, row, before)

    def link(self, name: str, subject: str) -> None:
        """Let an account sign in as a subject of single sign-on."""
        with self._store.write() as conn:
            self._change(conn, _named(conn, name).id, subject=subject)

    def sign_out(self, token: str) -> None:
        """End a session, if there is one."""
        with self._store.write() as conn:
            conn.execute(t.sessions.delete().where(t.sessions.c.hash == secrets.digest(token)))

    def sign_out_everywhere(self, reader: Reader) -> None:
        """End every session of a reader but the present one."""
        with self._store.write() as conn:
            conn.execute(
                t.sessions.delete().where(
                    t.sessions.c.account == reader.id, t.sessions.c.id != reader.session
                )
            )

    def change_password(self, reader: Reader, old: str, new: str) -> Session:
        """Change one's password; every session ends and a new one begins.

        Raises NotSignedIn for a wrong old one, BadPassword for the new.
        """
        check_password(new, reader.name)
        place, now = f"session {reader.session}", self._clock()
        with self._store.read() as conn:
            row = conn.execute(_ACCOUNT.where(t.accounts.c.id == reader.id)).first()
            waits = row is not None and guessing.must_wait(conn, row, place, now)
        held = row.password if row and not waits else None
        if not secrets.is_password(held, old[:400]):
            if row is not None and not waits:
                with self._store.write() as conn:
                    guessing.count_failure(conn, row, place, now)
            raise NotSignedIn("The present password is wrong. Nothing was changed.")
        if old == new:
            raise BadPassword(
                "The new password is the old one. Choose another.",
                least=MIN_PASSWORD_CHARS,
                most=MAX_PASSWORD_CHARS,
            )
        hashed = secrets.hash_password(new)
        with self._store.write() as conn:
            self._change(conn, reader.id, password=hashed, must_change=False)
            _end(conn, t.sessions, reader.id)
            return self._begin(
                conn, conn.execute(_ACCOUNT.where(t.accounts.c.id == reader.id)).one()
            )

    def reader_of_session(self, token: str) -> Reader | None:
        """Return who a session is of; None where it has ended. Its use is noted."""
        found = self._joined(t.sessions, token)
        if found is None:
            return None
        now = self._clock()
        if now - found.seen > self._time_outs.idle or now - found.began > self._time_outs.absolute:
            self.sign_out(token)
            return None
        if now - found.seen > SEEN_EVERY_S:
            with self._store.write() as conn:
                conn.execute(
                    t.sessions.update().where(t.sessions.c.id == found.row_id).values(seen=now)
                )
        return _reader(found, matrix().of_roles(found.roles), found.row_id)

    def reader_of_token(self, token: str) -> Reader | None:
        """Return who a token is of, with the permissions it keeps; None where it has ended."""
        if not token.startswith(secrets.TOKEN_PREFIX):
            return None
        found = self._joined(t.tokens, token)
        if found is None or found.expires < self._clock() or found.must_change:
            return None
        return _reader(found, matrix().of_roles(found.roles) & set(found.scopes))

    # --- tokens of programs

    def tokens(self, name: str) -> list[Token]:
        """Return the tokens of an account, the latest first."""
        with self._store.read() as conn:
            own = t.tokens.select().where(t.tokens.c.account == _named(conn, name).id)
            rows = conn.execute(own.order_by(t.tokens.c.created_at.desc(), t.tokens.c.id)).all()
        return [Token(r.id, r.name, tuple(r.scopes), r.created_at, r.expires) for r in rows]

    def add_token(self, name: str, label: str, scopes: Sequence[str], days: int) -> str:
        """Make a token; return the secret, which is not kept. Raises BadAccount."""
        unknown = sorted(set(scopes) - matrix().all)
        if unknown or not scopes:
            known = ", ".join(sorted(matrix().all))
            raise BadAccount(f"A token keeps some of its account's permissions: {known}.")
        if not 1 <= days <= MAX_TOKEN_DAYS:
            raise BadAccount(f"A token holds for 1 to {MAX_TOKEN_DAYS} days.", limit=MAX_TOKEN_DAYS)
        secret = secrets.new_secret(secrets.TOKEN_PREFIX)
        with self._store.write() as conn:
            account = _named(conn, name).id
            own = sa.select(sa.func.count()).where(t.tokens.c.account == account)
            if conn.execute(own).scalar_one() >= MAX_TOKENS:
                raise BadAccount(f"An account has {MAX_TOKENS} tokens at most.", limit=MAX_TOKENS)
            conn.execute(
                t.tokens.insert().values(
                    id=random.token_hex(6),
                    account=account,
                    name=" ".join(label.split())[:80] or "token",
                    hash=secrets.digest(secret),
                    scopes=sorted(set(scopes)),
                    created_at=self._moment(),
                    expires=self._clock() + days * 86400.0,
                )
            )
        return secret

    def revoke_token(self, name: str, token: str) -> None:
        """End a token by its id; raise NotHeld."""
        with self._store.write() as conn:
            own = (t.tokens.c.account == _named(conn, name).id) & (t.tokens.c.id == token)
            if not conn.execute(t.tokens.delete().where(own)).rowcount:
                raise NotHeld(f"{name} has no token {token[:40]!r}.", id=token[:40])

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def _joined(self, table: sa.Table, token: str) -> Row[Any] | None:
        statement = (
            sa.select(t.accounts, table.c.id.label("row_id"), *_own(table))
            .join(table, table.c.account == t.accounts.c.id)
            .where(table.c.hash == secrets.digest(token), ~t.accounts.c.disabled)
        )
        with self._store.read() as conn:
            return conn.execute(statement).first()

    def _begin(self, conn: Connection, row: Row[Any], before: str = "") -> Session:
        """Begin a session under a new token: one that was known before is worth nothing."""
        now = self._clock()
        if before:
            conn.execute(t.sessions.delete().where(t.sessions.c.hash == secrets.digest(before)))
        over = (t.sessions.c.began < now - self._time_outs.absolute) | (
            t.sessions.c.seen < now - self._time_outs.idle
        )
        conn.execute(t.sessions.delete().where(over))
        token = secrets.new_secret()
        values = {"account": row.id, "hash": secrets.digest(token), "began": now, "seen": now}
        conn.execute(t.sessions.insert().values(id=random.token_hex(8), **values))
        return Session(token, _account(row, locked=False))

    def _change(self, conn: Connection, account: str, **values: Any) -> None:
        conn.execute(t.accounts.update().where(t.accounts.c.id == account).values(values))

    def _moment(self) -> str:
        return dt.datetime.fromtimestamp(self._clock(), dt.UTC).isoformat(timespec="seconds")


def _account(row: Row[Any], locked: bool) -> Account:
    return Account(
        row.id,
        row.name,
        tuple(row.roles),
        row.must_change,
        row.disabled,
        locked,
        row.subject is not None,
        row.created_at,
    )


def _named(conn: Connection, name: str) -> Row[Any]:
    row = conn.execute(_ACCOUNT.where(t.accounts.c.key == key_of(name))).first()
    if row is None:
        raise NotHeld(f"There is no account {name[:64]!r}.", id=name[:64])
    return row


def _own(table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c[name] for name in ("began", "seen", "scopes", "expires") if name in table.c]


def _end(conn: Connection, table: sa.Table, account: str) -> None:
    conn.execute(table.delete().where(table.c.account == account))


def _reader(row: Row[Any], permissions: frozenset[str], session: str = "") -> Reader:
    return Reader(row.id, row.name, tuple(row.roles), permissions, session, row.must_change)
