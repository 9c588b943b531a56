"""The commands for what readers keep: record, replay, work."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from search.model import Authority, Kind, Language
from search.settings import Settings
from web.cli.common import DONE, REFUSED, Commands, ask, date, plain, print_json

if TYPE_CHECKING:
    from search.model import Query


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    _add_record(commands)
    _add_replay(commands)
    _add_work(commands)


def _add_record(commands: Commands) -> None:
    command = commands.add_parser(
        "record",
        help="search, and write a signed record of it",
        description="Search, and write a signed record: what was asked, of which collection, by "
        "which program, what was found and what was not searched.",
    )
    command.add_argument("query")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")
    command.add_argument("--lang", type=Language, choices=list(Language))
    command.add_argument("--kind", type=Kind, choices=list(Kind))
    command.add_argument("--instrument", metavar="ID")
    command.add_argument("--authority", type=Authority, choices=list(Authority))
    command.add_argument("--as-at", type=date, metavar="DATE", help="as in force on YYYY-MM-DD")
    command.add_argument("--limit", type=int, default=10, metavar="N")
    command.add_argument(
        "--no-expand", dest="expand", action="store_false", help="without the thesaurus's words"
    )
    command.set_defaults(run=_record)


def _add_replay(commands: Commands) -> None:
    command = commands.add_parser(
        "replay",
        help="check a record and run its search again",
        description="Check that a record is unchanged, run its search again, and say that it is "
        "reproduced, or what is different and why. Exit code 0: reproduced; 1: not.",
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_replay)


def _add_work(commands: Commands) -> None:
    command = commands.add_parser("work", help="take away or delete notes and saved searches")
    actions = command.add_subparsers(required=True, metavar="ACTION", dest="action")
    export = actions.add_parser("export", help="write everything saved as JSON")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")
    export.set_defaults(run=_export)
    delete = actions.add_parser("delete", help="delete everything saved, for good")
    delete.add_argument("--yes", action="store_true", required=True, help="it is meant")
    delete.set_defaults(run=_delete)


def _record(args: argparse.Namespace, settings: Settings) -> int:
    from search.model import Filters, Query

    _refuse_existing(args.out)
    filters = Filters(args.kind, args.instrument, args.lang, args.authority, args.as_at)
    made = _recorded(settings, Query(args.query, filters, args.limit, expand=args.expand))
    _write(args.out, made)
    print(f"Recorded in {args.out.name}. Check it with: tamyeez replay {args.out.name}")
    return DONE


def _replay(args: argparse.Namespace, settings: Settings) -> int:
    from search.record import Signer, Verdict, read_record, replay
    from web.printing_record import print_replay
    from web.schemas_record import ReplayOut

    record = read_record(_read(args.file))
    replayed = replay(
        record, Signer(settings.home), lambda query: read_record(_recorded(settings, query)).sheet
    )
    if args.json:
        print_json(plain(ReplayOut, replayed))
    else:
        print_replay(replayed)
    return DONE if replayed.verdict is Verdict.REPRODUCED else REFUSED


def _recorded(settings: Settings, query: Query) -> bytes:
    """Return the bytes of a fresh record, from the running server or made here."""
    import json

    from search.record import Signer, write_record

    filters = query.filters
    params = {
        "q": query.text,
        "lang": filters.language,
        "kind": filters.kind,
        "instrument": filters.work,
        "authority": filters.authority,
        "as_at": filters.as_at,
        "limit": query.limit,
        "offset": query.offset,
        "expand": str(query.expand).lower(),
        **dict(filters.traits),
    }
    signer = Signer(settings.home)
    made = ask(
        settings,
        "/api/record",
        params,
        lambda service: json.loads(write_record(signer.sign(service.record(query)))),
    )
    return json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n"


def _export(args: argparse.Namespace, settings: Settings) -> int:
    from search.access import owner
    from search.work.store import WorkStore
    from search.work.whole import export
    from web.papers.work import work_json

    _refuse_existing(args.out)
    with closing(WorkStore(settings.home)) as store:
        made = work_json(export(store, owner()))
    _write(args.out, made)
    print(f"Everything saved was written to {args.out.name}.")
    return DONE


def _delete(_args: argparse.Namespace, settings: Settings) -> int:
    from search.access import owner
    from search.work.store import WorkStore
    from search.work.whole import delete_everything

    with closing(WorkStore(settings.home)) as store:
        delete_everything(store, owner())
    print("Everything saved was deleted.")
    return DONE


def _refuse_existing(path: Path) -> None:
    from search.errors import BadRequest

    if path.exists():
        raise BadRequest(f"{path} exists and is not overwritten. Name a new file with --out.")


def _read(path: Path) -> bytes:
    from search.errors import Unreadable
    from search.record import MAX_RECORD_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_RECORD_BYTES + 1)
    except OSError as exc:
        raise Unreadable(f"{path} cannot be read: {exc.strerror}. Name a file.", "missing") from exc


def _write(path: Path, data: bytes) -> None:
    from search.errors import BadRequest

    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as exc:
        raise BadRequest(f"{path} cannot be written: {exc.strerror}. Name another file.") from exc
