"""The commands of accounts: `tamyeez user` and `tamyeez token`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from search.settings import Settings
from web.cli.common import DONE, Commands

if TYPE_CHECKING:
    from search.accounts import Account, Accounts


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    _add_user(commands)
    _add_token(commands)


def _add_user(commands: Commands) -> None:
    from search.access import matrix

    roles = ", ".join(matrix().roles)
    user = commands.add_parser("user", help="who may sign in, and in which roles")
    actions = user.add_subparsers(required=True, metavar="ACTION", dest="action")
    for name, run, what in (
        ("add", _add, "add a user; prints a password for the first sign-in"),
        ("roles", _roles, "give a user other roles"),
        ("reset", _reset, "give a user a new password, and end their sessions"),
        ("disable", _disable, "keep a user from signing in; what they keep stays"),
        ("enable", _enable, "let a disabled or locked user sign in again"),
        ("link", _link, "let a user sign in by single sign-on"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("name", metavar="NAME")
        if name in ("add", "roles"):
            action.add_argument(
                "--role", action="append", required=True, help=f"one of {roles}; may be repeated"
            )
        if name in ("add", "link"):
            action.add_argument(
                "--subject",
                required=name == "link",
                help="the subject by which the OpenID Connect provider knows the user",
            )
        action.set_defaults(run=run)
    actions.add_parser("list", help="list the users").set_defaults(run=_list)


def _add_token(commands: Commands) -> None:
    token = commands.add_parser("token", help="what programs read with, in the name of a user")
    actions = token.add_subparsers(required=True, metavar="ACTION", dest="action")
    add = actions.add_parser("add", help="make a token; prints it this once")
    add.add_argument("name", metavar="NAME", help="the user in whose name it reads")
    add.add_argument(
        "--scope", action="append", required=True, help="a permission; may be repeated"
    )
    add.add_argument("--days", type=int, default=90, help="how long it holds (default: 90)")
    add.add_argument("--for", dest="purpose", default="", help="what it is for")
    add.set_defaults(run=_token_add)
    listing = actions.add_parser("list", help="list a user's tokens")
    listing.add_argument("name", metavar="NAME")
    listing.set_defaults(run=_token_list)
    end = actions.add_parser("end", help="end a token")
    end.add_argument("name", metavar="NAME")
    end.add_argument("id", metavar="ID")
    end.set_defaults(run=_token_end)


def _add(args: argparse.Namespace, settings: Settings) -> int:
    subject = _subject(args, settings)
    with _accounts(settings) as accounts:
        password = accounts.add(args.name, args.role, subject)
    if password:
        print(f"Password for the first sign-in of {args.name}, shown only now: {password}")
    else:
        print(f"{args.name} signs in by single sign-on.")
    return DONE


def _roles(args: argparse.Namespace, settings: Settings) -> int:
    return _changed(args, settings, lambda accounts: accounts.set_roles(args.name, args.role))


def _reset(args: argparse.Namespace, settings: Settings) -> int:
    with _accounts(settings) as accounts:
        password = accounts.reset(args.name)
    print(f"New password of {args.name}, shown only now: {password}")
    return DONE


def _disable(args: argparse.Namespace, settings: Settings) -> int:
    return _changed(args, settings, lambda accounts: accounts.disable(args.name))


def _enable(args: argparse.Namespace, settings: Settings) -> int:
    return _changed(args, settings, lambda accounts: accounts.enable(args.name))


def _link(args: argparse.Namespace, settings: Settings) -> int:
    subject = _subject(args, settings)
    assert subject is not None  # the option is required
    return _changed(args, settings, lambda accounts: accounts.link(args.name, subject))


def _changed(
    args: argparse.Namespace, settings: Settings, change: Callable[[Accounts], None]
) -> int:
    with _accounts(settings) as accounts:
        change(accounts)
        print(_line(accounts.account(args.name)))
    return DONE


def _list(_args: argparse.Namespace, settings: Settings) -> int:
    with _accounts(settings) as accounts:
        for account in accounts.all():
            print(_line(account))
    return DONE


def _token_add(args: argparse.Namespace, settings: Settings) -> int:
    with _accounts(settings) as accounts:
        secret = accounts.add_token(args.name, args.purpose, args.scope, args.days)
    print(f"Token of {args.name}, shown only now: {secret}")
    return DONE


def _token_list(args: argparse.Namespace, settings: Settings) -> int:
    with _accounts(settings) as accounts:
        for token in accounts.tokens(args.name):
            until = dt.datetime.fromtimestamp(token.expires, dt.UTC).date()
            print(f"{token.id}  until {until}  {','.join(token.scopes)}  {token.name}")
    return DONE


def _token_end(args: argparse.Namespace, settings: Settings) -> int:
    with _accounts(settings) as accounts:
        accounts.revoke_token(args.name, args.id)
    print(f"Token {args.id} of {args.name} has ended.")
    return DONE


def _line(account: Account) -> str:
    states = [
        word
        for word, holds in (
            ("disabled", account.disabled),
            ("locked", account.locked),
            ("has to choose a password", account.must_change),
            ("single sign-on", account.single_sign_on),
        )
        if holds
    ]
    return f"{account.name}  {','.join(account.roles)}  {', '.join(states) or 'active'}"


def _subject(args: argparse.Namespace, settings: Settings) -> str | None:
    from search.accounts.single_sign_on import subject_of
    from search.errors import BadSetting

    if args.subject is None:
        return None
    if settings.sign_in.provider is None:
        raise BadSetting("Set TAMYEEZ_OIDC_ISSUER first: a subject is known to one provider only.")
    return subject_of(settings.sign_in.provider.issuer, args.subject)


@contextmanager
def _accounts(settings: Settings) -> Iterator[Accounts]:
    from search.accounts import Accounts
    from search.accounts.store import AccountStore

    accounts = Accounts(AccountStore(settings.home))
    try:
        yield accounts
    finally:
        accounts.close()
