"""The commands that ask the collection: search, cite, distinguish, status."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from search.model import Authority, Kind, Language
from search.settings import Settings
from web.cli.common import DONE, REFUSED, Commands, ask, date, plain, print_json


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    _add_search(commands)
    _add_cite(commands)
    _add_distinguish(commands)
    _add_status(commands)


def _add_search(commands: Commands) -> None:
    command = commands.add_parser("search", help="search the collection")
    command.add_argument("query")
    command.add_argument("--lang", type=Language, choices=list(Language))
    command.add_argument("--kind", type=Kind, choices=list(Kind))
    command.add_argument("--instrument", metavar="ID")
    command.add_argument("--authority", type=Authority, choices=list(Authority))
    command.add_argument("--as-at", type=date, metavar="DATE", help="as in force on YYYY-MM-DD")
    command.add_argument("--limit", type=int, default=10, metavar="N")
    command.add_argument(
        "--no-expand", dest="expand", action="store_false", help="without the thesaurus's words"
    )
    command.add_argument(
        "--shape",
        action="store_true",
        help="for terminals that cannot join Arabic letters or write right to left",
    )
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_search)


def _add_cite(commands: Commands) -> None:
    command = commands.add_parser("cite", help="find and resolve the citations in a text")
    command.add_argument("text")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_cite)


def _add_distinguish(commands: Commands) -> None:
    command = commands.add_parser(
        "distinguish",
        help="read facts against every offence, element by element",
        description="Read facts against every offence, element by element. An aid: it decides "
        "nothing, and nothing of the facts is stored.",
    )
    command.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text file, or -")
    command.add_argument("--date", type=date, metavar="DATE", help="day of the acts, YYYY-MM-DD")
    command.add_argument("--lang", type=Language, choices=list(Language), help="of the labels")
    command.add_argument("--shape", action="store_true", help="as for search")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_distinguish)


def _add_status(commands: Commands) -> None:
    command = commands.add_parser("status", help="what is held; do catalogue and index agree?")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_status)


def _search(args: argparse.Namespace, settings: Settings) -> int:
    from search.model import Filters, Query
    from web.printing import print_search
    from web.schemas import SearchOut

    params = {
        "q": args.query,
        "lang": args.lang,
        "kind": args.kind,
        "instrument": args.instrument,
        "authority": args.authority,
        "as_at": args.as_at,
        "limit": args.limit,
        "expand": None if args.expand else "false",
    }
    filters = Filters(args.kind, args.instrument, args.lang, args.authority, args.as_at)
    query = Query(args.query, filters, args.limit, expand=args.expand)
    answer = ask(
        settings,
        "/api/search",
        params,
        lambda service: plain(SearchOut, service.search(query)),
    )
    if args.json:
        print_json(answer)
    else:
        print_search(answer, shape=args.shape)
    return DONE


def _cite(args: argparse.Namespace, settings: Settings) -> int:
    from search.opening import open_service
    from web.printing import print_citations
    from web.schemas import CitationOut

    with closing(open_service(settings)) as service:
        citations = [plain(CitationOut, citation) for citation in service.cite(args.text)]
    answer = {"text": args.text, "citations": citations}
    if args.json:
        print_json(answer)
    else:
        print_citations(answer)
    return DONE


def _distinguish(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing_distinction import print_distinction
    from web.schemas_distinction import DistinctionOut

    facts = read_text(args.file)
    day = args.date.isoformat() if args.date else None
    answer = ask(
        settings,
        "/api/distinguish",
        {},
        lambda service: plain(DistinctionOut, service.distinguish(facts, args.lang, args.date)),
        {"facts": facts, "language": args.lang, "date": day},
    )
    if args.json:
        print_json(answer)
    else:
        print_distinction(answer, shape=args.shape)
    return DONE


def read_text(name: str) -> str:
    """Read a text file in UTF-8, or standard input for "-"; raise Unreadable."""
    from search.errors import Unreadable

    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as exc:
        raise Unreadable(
            f"{name} cannot be read. Name a text file, or - for input.", "missing"
        ) from exc
    except UnicodeDecodeError as exc:
        raise Unreadable(
            f"{name} is no UTF-8 text. Save it as plain text in UTF-8.", "encoding"
        ) from exc


def _status(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing import print_status
    from web.schemas import StatusOut

    answer = ask(
        settings,
        "/api/status",
        {"deep": "true"},
        lambda service: plain(StatusOut, service.status(deep=True)),
    )
    if args.json:
        print_json(answer)
    else:
        print_status(answer)
    return DONE if answer["agree"] else REFUSED
