"""The command `tamyeez`: arguments in, lines out.

Exit codes: 0 done; 1 refused, with one line that says why; 2 wrong usage; 3 done, but some inputs
were quarantined. Heavy imports live inside the commands, so that `--help` stays light.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.errors import TamyeezError
from search.identifiers import parse_work
from search.model import Authority, Kind, Language
from search.settings import SETTINGS, Settings, load_settings

if TYPE_CHECKING:
    from pydantic import BaseModel

    from eval.runs import Searcher
    from search.service import SearchService

DONE, REFUSED, USAGE, QUARANTINED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _print_unicode()
    args = build_parser().parse_args(arguments)
    try:
        code: int = args.run(args, load_settings())
    except TamyeezError as exc:
        print(f"tamyeez: {exc}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("tamyeez: stopped; what was stored stays stored.", file=sys.stderr)
        return REFUSED
    return code


def build_parser() -> argparse.ArgumentParser:
    """Build the parser; every command names the function that runs it."""
    parser = argparse.ArgumentParser(
        prog="tamyeez",
        description="Bilingual search over Kuwait's law on trafficking in persons.",
        epilog=_settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_ingest(commands)
    _add_search(commands)
    _add_cite(commands)
    _add_distinguish(commands)
    _add_serve(commands)
    _add_status(commands)
    _add_reindex(commands)
    _add_eval(commands)
    return parser


Commands = Any  # argparse gives the type of its sub-parsers no public name


def _add_ingest(commands: Commands) -> None:
    command = commands.add_parser(
        "ingest",
        help="add files or folders; without a path, the bundled collection",
        description="Add files or folders to the collection. Without a path, bring the bundled "
        "collection up to date. A FILE.yaml beside FILE describes it; options win over that.",
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    command.add_argument("--kind", type=Kind, choices=list(Kind))
    command.add_argument("--id", metavar="ID", help="instrument or judgment id; for one file only")
    command.add_argument("--language", type=Language, choices=list(Language))
    command.add_argument("--authority", type=Authority, choices=list(Authority))
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.add_argument("--quiet", action="store_true", help="print only what went wrong")
    command.set_defaults(run=_ingest)


def _add_search(commands: Commands) -> None:
    command = commands.add_parser("search", help="search the collection")
    command.add_argument("query")
    command.add_argument("--lang", type=Language, choices=list(Language))
    command.add_argument("--kind", type=Kind, choices=list(Kind))
    command.add_argument("--instrument", metavar="ID")
    command.add_argument("--authority", type=Authority, choices=list(Authority))
    command.add_argument("--as-at", type=_date, metavar="DATE", help="as in force on YYYY-MM-DD")
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
    command.add_argument("--date", type=_date, metavar="DATE", help="day of the acts, YYYY-MM-DD")
    command.add_argument("--lang", type=Language, choices=list(Language), help="of the labels")
    command.add_argument("--shape", action="store_true", help="as for search")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_distinguish)


def _add_serve(commands: Commands) -> None:
    command = commands.add_parser("serve", help="serve the web app and the JSON API")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.set_defaults(run=_serve)


def _add_status(commands: Commands) -> None:
    command = commands.add_parser("status", help="what is held; do catalogue and index agree?")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_status)


def _add_reindex(commands: Commands) -> None:
    command = commands.add_parser("reindex", help="rebuild the index from the catalogue")
    command.set_defaults(run=_reindex)


def _add_eval(commands: Commands) -> None:
    evaluation = commands.add_parser("eval", help="measure the search with TREC runs")
    actions = evaluation.add_subparsers(required=True, metavar="ACTION")
    run = actions.add_parser("run", help="answer queries, write a TREC run")
    run.add_argument("--queries", type=Path, required=True, metavar="FILE.jsonl")
    run.add_argument("--run", type=Path, required=True, metavar="OUT.run", dest="out")
    run.add_argument("--depth", type=int, default=100)
    run.set_defaults(run=_eval_run)
    score = actions.add_parser("score", help="score a run against judgments")
    score.add_argument("--qrels", type=Path, required=True)
    score.add_argument("--run", type=Path, required=True, dest="run_file")
    score.add_argument("--json", action="store_true")
    score.set_defaults(run=_eval_score)


def _ingest(args: argparse.Namespace, settings: Settings) -> int:
    from ingest.files import Options
    from ingest.pipeline import Ingest
    from search.catalogue import open_catalogue
    from search.embed import load_embedder
    from search.index import index_store
    from web.printing import print_ingest
    from web.progress import progress_bar

    if args.id and (len(args.paths) != 1 or args.paths[0].is_dir()):
        return _usage("--id names one work; give one file with it.")
    if args.id:
        parse_work(args.id)
    with progress_bar(sys.stderr) as progress:
        ingest = Ingest(
            open_catalogue(settings.database_url),
            index_store(settings),
            lambda: load_embedder(settings.embedder),
            settings.corpus,
            progress,
        )
        options = Options(args.kind, args.id, args.language, args.authority)
        report = ingest.paths(args.paths, options) if args.paths else ingest.bundled()
    if args.json:
        _print_json(report.as_json())
    else:
        print_ingest(report.as_json(), quiet=args.quiet)
    return QUARANTINED if report.quarantined else DONE


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
    answer = _ask(
        settings,
        "/api/search",
        params,
        lambda service: _plain(SearchOut, service.search(query)),
    )
    if args.json:
        _print_json(answer)
    else:
        print_search(answer, shape=args.shape)
    return DONE


def _cite(args: argparse.Namespace, settings: Settings) -> int:
    from search.opening import open_service
    from web.printing import print_citations
    from web.schemas import CitationOut

    with closing(open_service(settings)) as service:
        citations = [_plain(CitationOut, citation) for citation in service.cite(args.text)]
    answer = {"text": args.text, "citations": citations}
    if args.json:
        _print_json(answer)
    else:
        print_citations(answer)
    return DONE


def _distinguish(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing_distinction import print_distinction
    from web.schemas_distinction import DistinctionOut

    facts = _read_facts(args.file)
    date = args.date.isoformat() if args.date else None
    answer = _ask(
        settings,
        "/api/distinguish",
        {},
        lambda service: _plain(DistinctionOut, service.distinguish(facts, args.lang, args.date)),
        {"facts": facts, "language": args.lang, "date": date},
    )
    if args.json:
        _print_json(answer)
    else:
        print_distinction(answer, shape=args.shape)
    return DONE


def _read_facts(name: str) -> str:
    """Read facts from a file, or from standard input for "-"."""
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


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    from web.serving import serve

    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        serve(settings, args.host, args.port)
    return DONE


def _status(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing import print_status
    from web.schemas import StatusOut

    answer = _ask(
        settings,
        "/api/status",
        {"deep": "true"},
        lambda service: _plain(StatusOut, service.status(deep=True)),
    )
    if args.json:
        _print_json(answer)
    else:
        print_status(answer)
    return DONE if answer["agree"] else REFUSED


def _reindex(_args: argparse.Namespace, settings: Settings) -> int:
    from search.catalogue import open_catalogue
    from search.embed import load_embedder
    from search.index import index_store
    from search.indexing import build_index
    from web.progress import progress_bar

    with progress_bar(sys.stderr) as progress:
        manifest = build_index(
            open_catalogue(settings.database_url),
            index_store(settings),
            load_embedder(settings.embedder),
            progress,
        )
    print(f"Index rebuilt: generation {manifest.generation}, {manifest.points:,} passages.")
    return DONE


def _eval_run(args: argparse.Namespace, settings: Settings) -> int:
    from eval.runs import make_run, write_run
    from eval.topics import read_topics
    from web.progress import progress_bar

    topics = read_topics(args.queries)
    with progress_bar(sys.stderr) as progress, _searcher(settings) as search:
        run = make_run(topics, search, args.depth, lambda done: progress("ask", done, len(topics)))
    write_run(args.out, run, "tamyeez")
    print(f"{len(run)} queries answered, written to {args.out.name}")
    return DONE


def _eval_score(args: argparse.Namespace, _settings: Settings) -> int:
    from eval.measures import score
    from eval.qrels import read_qrels
    from eval.runs import read_run
    from web.printing import print_scores

    scores = score(read_qrels(args.qrels), read_run(args.run_file))
    values = {s.measure: {"mean": s.mean, "low": s.low, "high": s.high} for s in scores}
    if args.json:
        _print_json(values)
    else:
        print_scores(values, topics=len(scores[0].per_topic))
    return DONE


def _ask(
    settings: Settings,
    path: str,
    params: dict[str, Any],
    local: Callable[[SearchService], Any],
    body: dict[str, Any] | None = None,
) -> Any:
    """Answer from the running server of this home folder, else in this process."""
    from search.opening import open_service
    from web.remote import ask, find_server

    server = None if settings.qdrant_url else find_server(settings.home)
    if server is not None:
        return ask(server, path, params, body)
    with closing(open_service(settings)) as service:
        return local(service)


@contextmanager
def _searcher(settings: Settings) -> Iterator[Searcher]:
    """Lend a function that answers (query, depth) with (id, score) pairs."""
    from search.model import Query
    from search.opening import open_service
    from web.remote import ask, find_server

    server = None if settings.qdrant_url else find_server(settings.home)
    if server is not None:
        url = server

        def remote(query: str, depth: int) -> list[tuple[str, float]]:
            answer = ask(url, "/api/search", {"q": query, "limit": depth})
            return [(hit["id"], hit["score"]) for hit in answer["results"]]

        yield remote
        return
    with closing(open_service(settings)) as service:

        def here(query: str, depth: int) -> list[tuple[str, float]]:
            return [(hit.id, hit.score) for hit in service.search(Query(query, limit=depth)).hits]

        yield here


def _plain(model: type[BaseModel], value: object) -> Any:
    """Print a value as the API does."""
    return model.model_validate(value, from_attributes=True).model_dump(mode="json")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD") from exc


def _usage(sentence: str) -> int:
    print(f"tamyeez: {sentence}", file=sys.stderr)
    return USAGE


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _print_unicode() -> None:
    """Arabic must come out whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _settings_help() -> str:
    width = max(len(setting.name) for setting in SETTINGS)
    lines = [
        f"  {s.name:<{width}}  {s.help}{f' Default: {s.default}' if s.default else ''}"
        for s in SETTINGS
    ]
    return "\n".join(["settings, from the environment:", *lines])


if __name__ == "__main__":
    sys.exit(main())
