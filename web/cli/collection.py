"""The commands of the bundled collection's editions: export, update, list, rollback."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from search.settings import Settings
from web.cli.common import DONE, Commands, print_json

if TYPE_CHECKING:
    from ingest.editions import Change, Updating


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    command = commands.add_parser(
        "collection", help="bring the bundled collection alone up to date, and what changed"
    )
    actions = command.add_subparsers(required=True, metavar="ACTION", dest="action")
    export = actions.add_parser(
        "export",
        help="pack the collection into one signed file",
        description="Pack the bundled collection into one file, signed with this installation's "
        "key. The number, day and notes of the edition are in edition.yaml.",
    )
    export.add_argument("file", type=Path, metavar="FILE", help="a new file")
    export.set_defaults(run=_export)
    _add_update(actions)
    listing = actions.add_parser("list", help="the editions kept, and which is in use")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    rollback = actions.add_parser("rollback", help="return to an edition that is kept")
    rollback.add_argument("--to", type=int, metavar="NUMBER", help="else the next lower number")
    _add_output(rollback)
    rollback.set_defaults(run=_rollback)


def _add_update(actions: Commands) -> None:
    update = actions.add_parser(
        "update",
        help="bring an edition into use, and show what changed article by article",
        description="Check an edition that `tamyeez collection export` has packed, show what it "
        "changes article by article, and bring it into use while the server runs. The former "
        "edition is kept.",
    )
    update.add_argument("file", type=Path, metavar="FILE")
    update.add_argument("--check", action="store_true", help="only check it and show what changes")
    update.add_argument(
        "--older", action="store_true", help="also where its number is not higher than that in use"
    )
    update.add_argument("--key", metavar="FINGERPRINT", help="of the key that must have signed it")
    _add_output(update)
    update.set_defaults(run=_update)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--report", type=Path, metavar="FILE.html", help="write it as a page too")
    command.add_argument("--json", action="store_true")


def _export(args: argparse.Namespace, settings: Settings) -> int:
    from ingest.editions import export_edition
    from search.record import Signer

    with _updating(settings) as updating:
        corpus = updating.shelf.corpus()
    edition, packed = export_edition(corpus, args.file, Signer(settings.home))
    print(f"Edition {edition.number}, {len(packed.files)} files, written to {args.file.name}.")
    print(f"Signed with the key {packed.signature.fingerprint}")
    return DONE


def _update(args: argparse.Namespace, settings: Settings) -> int:
    with _updating(settings) as updating:
        change = updating.update(args.file, not args.check, args.older, args.key)
    return _show(change, args)


def _rollback(args: argparse.Namespace, settings: Settings) -> int:
    with _updating(settings) as updating:
        change = updating.rollback(args.to)
    return _show(change, args)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing_collection import print_editions

    with _updating(settings) as updating:
        shelf = updating.shelf
        current = shelf.current()
        listed = [
            {
                **asdict(kept.edition()),
                "in_use": current is not None and kept.digest == current.digest,
                "signed_by": packed.signature.fingerprint if (packed := kept.packed()) else None,
            }
            for kept in shelf.kept()
        ]
        if current is not None and not any(one["in_use"] for one in listed):
            listed.append({**asdict(current), "in_use": True, "signed_by": None})
    if args.json:
        print_json(listed)
    else:
        print_editions(listed)
    return DONE


def _show(change: Change, args: argparse.Namespace) -> int:
    from ingest.report_html import write_report
    from web.printing_collection import print_change

    if args.report is not None and change.report is not None:
        write_report(args.report, change.report)
    told = {
        "before": asdict(change.before) if change.before else None,
        "after": asdict(change.after),
        "signed_by": change.signature.fingerprint if change.signature else None,
        "items": [asdict(item) for item in change.items],
        "in_use": change.report is not None,
    }
    if args.json:
        print_json(told)
    else:
        print_change(told)
    return DONE


@contextmanager
def _updating(settings: Settings) -> Iterator[Updating]:
    """Lend what exchanges the collection of the home folder that the settings name."""
    from functools import cache

    from ingest.editions import Updating
    from ingest.pipeline import Ingest
    from search.catalogue import open_catalogue
    from search.embed import load_embedder
    from search.index import index_store
    from web.progress import progress_bar

    with progress_bar(sys.stderr) as progress:
        catalogue = open_catalogue(settings.database_url)
        load = cache(lambda: load_embedder(settings.embedder))

        def ingest(corpus: Path) -> Ingest:
            return Ingest(catalogue, index_store(settings), load, corpus, progress)

        try:
            yield Updating(settings, catalogue, ingest)
        finally:
            catalogue.close()
