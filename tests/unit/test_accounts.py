"""Accounts: passwords, lock, sessions, tokens, and what is kept of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.accounts import Accounts, TimeOuts
from search.accounts.guessing import FAILURES, FAILURES_OF_ALL, LOCK_S, MAX_WAIT_S
from search.accounts.store import FILE, AccountStore
from search.errors import (
    AccountsUnavailable,
    BadAccount,
    BadPassword,
    NotHeld,
    NotSignedIn,
)
from search.model import Access

OWN = "four plain words here"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Iterator[Accounts]:
    made = Accounts(AccountStore(tmp_path), TimeOuts(idle=600.0, absolute=3600.0), clock)
    yield made
    made.close()


def test_a_first_sign_in_must_choose_a_password(accounts: Accounts) -> None:
    given = accounts.add("salem", ["prosecutor"])
    first = accounts.sign_in("SALEM", given)
    reader = accounts.reader_of_session(first.token)
    assert reader is not None
    assert reader.must_change
    second = accounts.change_password(reader, given, OWN)
    assert accounts.reader_of_session(first.token) is None
    renewed = accounts.reader_of_session(second.token)
    assert renewed is not None
    assert not renewed.must_change
    with pytest.raises(NotSignedIn):
        accounts.sign_in("salem", given)


def test_wrong_name_password_and_disabled_are_refused_alike(accounts: Accounts) -> None:
    given = accounts.add("salem", ["judge"])
    accounts.disable("salem")
    said = set()
    for name, password in (("nobody", given), ("salem", "wrong"), ("salem", given)):
        with pytest.raises(NotSignedIn) as refused:
            accounts.sign_in(name, password)
        said.add(str(refused.value))
    assert len(said) == 1
    accounts.enable("salem")
    assert accounts.sign_in("salem", given).account.name == "salem"


def test_five_wrong_passwords_lock_for_a_while(accounts: Accounts, clock: Clock) -> None:
    given = accounts.add("salem", ["judge"])
    for _ in range(FAILURES):
        with pytest.raises(NotSignedIn):
            accounts.sign_in("salem", "wrong")
    assert accounts.account("salem").locked
    with pytest.raises(NotSignedIn):
        accounts.sign_in("salem", given)
    clock.now += LOCK_S + 1
    assert accounts.sign_in("salem", given)


def wrong(accounts: Accounts, place: str, password: str = "wrong", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            accounts.sign_in("salem", password, place=place)


def test_a_neighbour_does_not_lock_somebody_out(accounts: Accounts, clock: Clock) -> None:
    given = accounts.add("salem", ["judge"])
    accounts.sign_in("salem", given, place="10.0.0.7")
    wrong(accounts, "10.0.0.8", times=FAILURES)
    wrong(accounts, "10.0.0.8", given)  # locked there, were it right
    assert accounts.sign_in("salem", given, place="10.0.0.7")
    # Nor do many neighbours, where one has signed in before.
    for number in range(FAILURES_OF_ALL + 9):
        wrong(accounts, f"10.0.1.{number}")
        clock.now += MAX_WAIT_S
    wrong(accounts, "10.0.2.1")
    wrong(accounts, "10.0.0.9", given)  # a new place waits with the others
    assert accounts.sign_in("salem", given, place="10.0.0.7")


def test_many_places_together_wait_longer_each_time(accounts: Accounts, clock: Clock) -> None:
    given = accounts.add("salem", ["judge"])
    waits = []
    for number in range(FAILURES_OF_ALL + 12):
        wrong(accounts, f"10.0.1.{number}")
        waited = 0.0
        while accounts.account("salem").locked:
            clock.now += 1.0
            waited += 1.0
        waits.append(waited)
    assert waits[: FAILURES_OF_ALL - 1] == [0.0] * (FAILURES_OF_ALL - 1)
    assert waits[FAILURES_OF_ALL - 1 :] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]
    assert accounts.sign_in("salem", given, place="10.0.3.1")
    wrong(accounts, "10.0.3.2")
    assert not accounts.account("salem").locked


def test_whoever_holds_a_session_cannot_guess_the_password_with_it(
    accounts: Accounts, clock: Clock
) -> None:
    given = accounts.add("salem", ["judge"])
    stolen = accounts.reader_of_session(accounts.sign_in("salem", given, place="a").token)
    assert stolen is not None
    for old in ["wrong"] * FAILURES + [given]:
        with pytest.raises(NotSignedIn):
            accounts.change_password(stolen, old, OWN)
    again = accounts.reader_of_session(accounts.sign_in("salem", given, place="a").token)
    assert again is not None
    assert accounts.change_password(again, given, OWN)


def test_an_administrator_takes_a_lock_away(accounts: Accounts) -> None:
    given = accounts.add("salem", ["judge"])
    wrong(accounts, "here", times=FAILURES)
    assert [account.locked for account in accounts.all()] == [True]
    accounts.enable("salem")
    assert [account.locked for account in accounts.all()] == [False]
    assert accounts.sign_in("salem", given, place="here")


def test_a_file_of_version_0_3_is_used_on(accounts: Accounts, tmp_path: Path) -> None:
    given = accounts.add("salem", ["judge"])
    accounts.close()
    with sqlite3.connect(tmp_path / FILE) as conn:
        conn.execute("DROP TABLE tries")
    wrong(accounts, "here")
    assert accounts.sign_in("salem", given, place="here")


def test_sessions_end_by_idleness_by_age_and_by_signing_out(
    accounts: Accounts, clock: Clock
) -> None:
    given = accounts.add("salem", ["judge"])
    idle = accounts.sign_in("salem", given).token
    clock.now += 601
    assert accounts.reader_of_session(idle) is None
    used = accounts.sign_in("salem", given).token
    for _ in range(7):
        clock.now += 500
        assert accounts.reader_of_session(used) is not None
    clock.now += 500
    assert accounts.reader_of_session(used) is None
    left = accounts.sign_in("salem", given).token
    accounts.sign_out(left)
    assert accounts.reader_of_session(left) is None


def test_a_session_known_before_is_worth_nothing_after_signing_in(accounts: Accounts) -> None:
    given = accounts.add("salem", ["judge"])
    planted = accounts.sign_in("salem", given).token
    fresh = accounts.sign_in("salem", given, before=planted).token
    assert fresh != planted
    assert accounts.reader_of_session(planted) is None
    assert accounts.reader_of_session("x" * 43) is None


def test_everywhere_else_is_signed_out(accounts: Accounts) -> None:
    given = accounts.add("salem", ["judge"])
    other, own = (accounts.sign_in("salem", given).token for _ in range(2))
    reader = accounts.reader_of_session(own)
    assert reader is not None
    accounts.sign_out_everywhere(reader)
    assert accounts.reader_of_session(other) is None
    assert accounts.reader_of_session(own) is not None


def test_roles_count_from_the_next_request(accounts: Accounts) -> None:
    given = accounts.add("salem", ["trainer"])
    token = accounts.sign_in("salem", given).token
    accounts.set_roles("salem", ["judge", "librarian"])
    reader = accounts.reader_of_session(token)
    assert reader is not None
    assert reader.roles == ("judge", "librarian")
    assert reader.clearance == frozenset(Access)


def test_a_token_keeps_no_more_than_its_account_has(accounts: Accounts, clock: Clock) -> None:
    given = accounts.add("salem", ["judge"])
    secret = accounts.add_token("salem", "reports", ["read", "audit"], 2)
    assert accounts.reader_of_token(secret) is None  # no password of one's own yet
    reader = accounts.reader_of_session(accounts.sign_in("salem", given).token)
    assert reader is not None
    accounts.change_password(reader, given, OWN)
    held = accounts.reader_of_token(secret)
    assert held is not None
    assert held.permissions == {"read"}
    assert held.clearance == {Access.OPEN}
    clock.now += 2 * 86400 + 1
    assert accounts.reader_of_token(secret) is None


def test_a_token_ends_by_its_id_and_with_its_account(accounts: Accounts) -> None:
    accounts.add("salem", ["judge"], subject="https://sso.example 7")
    first = accounts.add_token("salem", "a", ["read"], 5)
    second = accounts.add_token("salem", "b", ["read"], 5)
    ids = {token.name: token.id for token in accounts.tokens("salem")}
    accounts.revoke_token("salem", ids["a"])
    assert accounts.reader_of_token(first) is None
    assert accounts.reader_of_token(second) is not None
    accounts.disable("salem")
    assert accounts.reader_of_token(second) is None
    with pytest.raises(NotHeld):
        accounts.revoke_token("salem", ids["a"])


@pytest.mark.parametrize("name", ["", "a", "two words", "x" * 65, "a/b", "a\nb", "<b>"])
def test_a_name_that_is_none_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadAccount):
        accounts.add(name, ["judge"])


def test_a_name_is_taken_in_every_spelling(accounts: Accounts) -> None:
    accounts.add("Sālem", ["judge"])
    with pytest.raises(BadAccount):
        accounts.add("SĀLEM", ["judge"])


@pytest.mark.parametrize(
    "password", ["short", "salem-salem-1", "aaaaaaaaaaaaaaaa", "x" * 201, OWN + "\x00" * 200]
)
def test_a_weak_password_is_refused_and_nothing_changes(accounts: Accounts, password: str) -> None:
    given = accounts.add("salem", ["judge"])
    token = accounts.sign_in("salem", given).token
    reader = accounts.reader_of_session(token)
    assert reader is not None
    with pytest.raises(BadPassword):
        accounts.change_password(reader, given, password)
    assert accounts.reader_of_session(token) is not None


@pytest.mark.parametrize(("scopes", "days"), [([], 5), (["everything"], 5), (["read"], 0)])
def test_a_token_without_sense_is_refused(accounts: Accounts, scopes: list[str], days: int) -> None:
    accounts.add("salem", ["judge"])
    with pytest.raises(BadAccount):
        accounts.add_token("salem", "x", scopes, days)


def test_no_secret_is_in_the_file(accounts: Accounts, tmp_path: Path) -> None:
    given = accounts.add("salem", ["judge"])
    session = accounts.sign_in("salem", given).token
    token = accounts.add_token("salem", "x", ["read"], 5)
    accounts.close()
    for file in tmp_path.glob(f"{FILE}*"):
        held = file.read_bytes()
        assert not any(secret.encode() in held for secret in (given, session, token))
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_damaged_file_lets_nobody_in_and_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    accounts = Accounts(AccountStore(tmp_path))
    with pytest.raises(AccountsUnavailable, match="left as it is"):
        accounts.sign_in("salem", OWN)
    assert (tmp_path / FILE).read_bytes().startswith(b"this is no")


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    accounts = Accounts(AccountStore(tmp_path))
    accounts.add("salem", ["judge"], subject="s 1")
    accounts.close()
    with sqlite3.connect(tmp_path / FILE) as conn:
        conn.execute("UPDATE state SET schema = 99")
    with pytest.raises(AccountsUnavailable, match="newer version"):
        accounts.all()
