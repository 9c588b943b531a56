"""The commands about sealed originals of masked files: key, list, open."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from search.settings import Settings
from web.cli.common import DONE, Commands, print_json, usage

if TYPE_CHECKING:
    from search.originals.age import Identity
    from search.originals.lookup import Lookup

_MAX_KEY_CHARS = 10_000  # a key file has some two hundred


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    originals = commands.add_parser(
        "originals",
        help="the sealed originals of masked files, and the names behind placeholders",
        description="Where TAMYEEZ_ORIGINALS is set, the original of each masked file is kept, "
        "sealed to a public key. Opening one takes the secret key and is recorded.",
    )
    actions = originals.add_subparsers(required=True, metavar="ACTION", dest="action")
    key = actions.add_parser("key", help="make the pair of keys that originals are sealed with")
    key.add_argument("out", type=Path, metavar="FILE", help="where to write the secret key")
    key.set_defaults(run=_key)
    listing = actions.add_parser("list", help="list the originals, without any name")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    _add_open(actions)


def _add_open(actions: Commands) -> None:
    command = actions.add_parser(
        "open",
        help="show the names behind placeholders, or write the original to a file",
        description="Show what stands behind the placeholders of a document, or with --out write "
        "its original. DOCUMENT is its id, or the beginning of the digest that `originals list` "
        "shows.",
    )
    command.add_argument("document", metavar="DOCUMENT")
    command.add_argument(
        "--identity", type=Path, metavar="KEYFILE", required=True, help="the secret key"
    )
    command.add_argument("--placeholder", metavar="NAME", help='one only, such as "Victim 1"')
    command.add_argument("--out", type=Path, metavar="FILE", help="write the original there")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_open)


def _key(args: argparse.Namespace, settings: Settings) -> int:
    from search.originals.age import new_identity

    identity = new_identity()
    text = f"# public key: {identity.recipient}\n{identity.written}\n"
    _refuse_inside(args.out, settings)
    _write_new(args.out, text.encode("ascii"))
    print(f"The secret key is in {args.out}. Keep it away from this machine, and a copy elsewhere:")
    print("without it no original can ever be opened. Set for the server and for commands:")
    print(f"TAMYEEZ_ORIGINALS_RECIPIENT={identity.recipient}")
    return DONE


def _list(args: argparse.Namespace, settings: Settings) -> int:
    with _lookup(settings) as lookup:
        found = lookup.all()
    if args.json:
        print_json(
            [
                {
                    "work": held.work,
                    "digest": held.sealed.sha256,
                    "kept_at": held.sealed.kept_at,
                    "bytes": held.sealed.size,
                }
                for held in found
            ]
        )
        return DONE
    for held in found:
        work = held.work or "- (no text of it is held)"
        print(f"{held.sealed.sha256[:12]}  {held.sealed.kept_at[:10]}  {work}")
    if not found:
        print("No original is kept.")
    return DONE


def _open(args: argparse.Namespace, settings: Settings) -> int:
    if args.out is not None and (args.placeholder is not None or args.json):
        return usage("--out goes without --placeholder and --json.")
    with _lookup(settings) as lookup:
        identity = _read_identity(args.identity)
        if args.out is not None:
            return _write_original(args, settings, lookup, identity)
        found = lookup.names(args.document, identity, args.placeholder)
    if args.json:
        print_json({"work": found.work, "names": found.names})
        return DONE
    for placeholder, words in found.names.items():
        print(f"{placeholder}  {' | '.join(words)}")
    if not found.names:
        print("Nothing was masked in this document.")
    return DONE


def _write_original(
    args: argparse.Namespace, settings: Settings, lookup: Lookup, identity: Identity
) -> int:
    _refuse_inside(args.out, settings)
    held, opened = lookup.original(args.document, identity)
    _write_new(args.out, opened.data)
    print(f"The original of {held.work or held.sealed.sha256[:12]}: {args.out}")
    return DONE


@contextmanager
def _lookup(settings: Settings) -> Iterator[Lookup]:
    from search.audit import Trail
    from search.catalogue import open_catalogue
    from search.errors import BadSetting, NotSignedIn
    from search.originals.folder import OriginalFolder
    from search.originals.lookup import Lookup

    if settings.originals is None:
        raise BadSetting("Originals are not kept: TAMYEEZ_ORIGINALS is not set.")
    if settings.sign_in.accounts and not settings.token:
        raise NotSignedIn(
            "Who looks a name up is recorded by name. Set TAMYEEZ_TOKEN to a token of your account "
            "with the permission identities."
        )
    trail = Trail(settings.home, settings.audit_queries)
    catalogue = open_catalogue(settings.database_url)
    try:
        yield Lookup(OriginalFolder(settings.originals.folder), catalogue.files(), trail)
    finally:
        catalogue.close()
        trail.close()


def _read_identity(path: Path) -> Identity:
    from search.errors import Unreadable
    from search.originals.age import read_identity

    try:
        if path == Path("-"):
            return read_identity(sys.stdin.read(_MAX_KEY_CHARS))
        with path.open(encoding="utf-8-sig") as file:
            return read_identity(file.read(_MAX_KEY_CHARS))
    except (OSError, UnicodeDecodeError) as exc:
        raise Unreadable(
            f"The key file {path} cannot be read. Check the path and its permissions.", "identity"
        ) from exc


def _refuse_inside(path: Path, settings: Settings) -> None:
    """Refuse to write a key or an original where backups would take it."""
    from search.errors import BadRequest

    kept = [settings.originals.folder] if settings.originals else []
    if any(path.resolve().is_relative_to(folder.resolve()) for folder in (settings.home, *kept)):
        raise BadRequest(
            f"{path} lies in the home folder or among the sealed originals, where backups would "
            "take it. Name another file."
        )


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that only this account can read; raise BadRequest where one is there."""
    from search.backup.folders import writing
    from search.errors import BadRequest

    with writing(path):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as exc:
            raise BadRequest(f"There is a file {path} already. Name another.") from exc
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
