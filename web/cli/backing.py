"""The commands that keep a copy of a whole installation: backup, restore."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from search.settings import Settings
from web.cli.common import DONE, Commands


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    backup = commands.add_parser(
        "backup",
        help="write a backup of the home folder, also while it serves",
        description="Write catalogue, index and what readers keep into one file. A PostgreSQL "
        "catalogue is not in it: back that up with pg_dump; all else is.",
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--check", action="store_true", help="check FILE instead; writes nothing")
    backup.add_argument(
        "--with-private",
        action="store_true",
        help="also scanned pages waiting for review, keys, accounts and the audit trail",
    )
    backup.add_argument("--encrypt", action="store_true", help="with a passphrase")
    _add_passphrase(backup)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        help="make a home folder what a backup holds",
        description="Check a backup and make the home folder what it holds. A home folder that is "
        "not empty is kept beside it under another name. Stop the server first.",
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--to", type=Path, metavar="HOME", help="instead of TAMYEEZ_HOME")
    _add_passphrase(restore)
    restore.set_defaults(run=_restore)


def _add_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="its first line is the passphrase; without it one is asked for",
    )


def _backup(args: argparse.Namespace, settings: Settings) -> int:
    from search.backup import check_backup, make_backup

    if args.check:
        manifest = check_backup(args.file, lambda: _passphrase(args, twice=False))
        print(f"Whole: {len(manifest.files):,} files, {manifest.size >> 20:,} MB.")
        print(f"Made {manifest.made_at} by Tamyeez {manifest.tamyeez}.")
        return DONE
    wanted = args.encrypt or args.passphrase_file is not None
    passphrase = _passphrase(args, twice=True) if wanted else None
    manifest = make_backup(settings, args.file, args.with_private, passphrase)
    print(f"Backed up {len(manifest.files):,} files to {args.file.name}.")
    if manifest.revision is None:
        print("The catalogue is not in it: back up PostgreSQL with pg_dump.")
    elif manifest.generation is None:
        print("The index is not in it: after restoring, run `tamyeez reindex`.")
    if not args.with_private:
        print("Private stores are not in it (--with-private).")
    return DONE


def _restore(args: argparse.Namespace, settings: Settings) -> int:
    from search.backup import restore_backup
    from search.errors import StoreBusy
    from web.remote import read_note

    home = (args.to or settings.home).expanduser().absolute()
    if read_note(home) is not None:
        raise StoreBusy(f"A server runs on {home}. Stop it, then restore.")
    restored = restore_backup(args.file, home, lambda: _passphrase(args, twice=False))
    print(f"Restored {len(restored.manifest.files):,} files to {home}.")
    if restored.former is not None:
        print(f"What was there before is in {restored.former}.")
        if not restored.manifest.private:
            print("Keys, pages waiting for review and the audit trail are still there, not here.")
    if restored.manifest.generation is None:
        print("The backup has no index: run `tamyeez reindex` in this home folder.")
    return DONE


def _passphrase(args: argparse.Namespace, twice: bool) -> str:
    from getpass import getpass

    from search.errors import BadRequest, Unreadable

    if args.passphrase_file is not None:
        try:
            lines = args.passphrase_file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            raise Unreadable(
                f"The passphrase file {args.passphrase_file} cannot be read as UTF-8.", "missing"
            ) from exc
        return lines[0] if lines else ""
    if not sys.stdin.isatty():
        raise BadRequest("A passphrase is needed. Give it with --passphrase-file FILE.")
    given = getpass("Passphrase: ")
    if twice and getpass("The same again: ") != given:
        raise BadRequest("The two passphrases differ. Run the command again.")
    return given
