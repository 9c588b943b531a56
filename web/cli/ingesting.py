"""What is held, changed: ingest, withdraw; and versions, which shows what changed."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from search.identifiers import parse_work
from search.model import Authority, Kind, Language
from search.settings import Settings
from web.cli.common import DONE, QUARANTINED, Commands, print_json, usage

if TYPE_CHECKING:
    from ingest.files import Options
    from ingest.pipeline import Ingest
    from ingest.report import FileReport
    from ingest.watch import Event


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    _add_ingest(commands)
    _add_withdraw(commands)
    _add_versions(commands)


def _add_ingest(commands: Commands) -> None:
    command = commands.add_parser(
        "ingest",
        help="add files or folders; without a path, the bundled collection",
        description="Add files or folders to the collection. Without a path, bring the bundled "
        "collection up to date. A FILE.yaml beside FILE describes it; options win over that. "
        "A file that has changed becomes a new version; what changed is shown.",
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    command.add_argument("--kind", type=Kind, choices=list(Kind))
    command.add_argument("--id", metavar="ID", help="instrument or judgment id; for one file only")
    command.add_argument("--language", type=Language, choices=list(Language))
    command.add_argument("--authority", type=Authority, choices=list(Authority))
    command.add_argument(
        "--watch", type=Path, metavar="DIR", help="keep looking into a folder; Ctrl+C stops it"
    )
    command.add_argument("--report", type=Path, metavar="FILE.html", help="write it as a page too")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.add_argument("--quiet", action="store_true", help="print only what went wrong")
    command.set_defaults(run=_ingest)


def _add_withdraw(commands: Commands) -> None:
    command = commands.add_parser(
        "withdraw",
        help="take files that were added out again, with all they gave",
        description="Take files out of the collection with everything they gave: texts, passages, "
        "history, vectors. The files themselves stay where they lie.",
    )
    command.add_argument("targets", nargs="+", metavar="FILE-OR-ID")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.set_defaults(run=_withdraw)


def _add_versions(commands: Commands) -> None:
    command = commands.add_parser("versions", help="the earlier versions of a text, what changed")
    command.add_argument("work", metavar="ID", help="instrument or judgment id")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_versions)


def _ingest(args: argparse.Namespace, settings: Settings) -> int:
    from ingest.editions.keeping import exchanging
    from ingest.files import Options
    from ingest.report_html import write_report
    from web.printing_ingest import print_ingest

    if args.id and (len(args.paths) != 1 or args.paths[0].is_dir()):
        return usage("--id names one work; give one file with it.")
    if args.id:
        parse_work(args.id)
    options = Options(args.kind, args.id, args.language, args.authority)
    if args.watch is not None:
        return _watch(args, settings, options)
    if args.paths:
        with _opened(settings) as ingest:
            report = ingest.paths(args.paths, options)
    else:
        with exchanging(settings), _opened(settings) as ingest:
            report = ingest.bundled()
    if args.report is not None:
        write_report(args.report, report)
    if args.json:
        print_json(report.as_json())
    else:
        print_ingest(report.as_json(), quiet=args.quiet)
    return QUARANTINED if report.quarantined else DONE


def _withdraw(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing_ingest import print_ingest

    with _opened(settings) as ingest:
        report = ingest.withdraw(args.targets).as_json()
    if args.json:
        print_json(report)
    else:
        print_ingest(report, quiet=False)
    return DONE


def _versions(args: argparse.Namespace, settings: Settings) -> int:
    from search.catalogue import open_catalogue
    from search.history import history
    from web.printing_ingest import print_versions

    catalogue = open_catalogue(settings.database_url)
    versions = [asdict(view.version) for view in history(catalogue, args.work)]
    catalogue.close()
    if args.json:
        print_json({"work": args.work, "versions": versions})
    else:
        print_versions(args.work, versions)
    return DONE


def _watch(args: argparse.Namespace, settings: Settings, options: Options) -> int:
    from ingest.watch import Watch

    if args.paths or args.id or args.report:
        return usage("--watch DIR goes alone: without PATH, --id or --report.")
    if not args.watch.is_dir():
        return usage(f"There is no folder {args.watch} to watch.")
    show = _print_event_as_json if args.json else _print_event
    with _stopping() as stop, _opened(settings) as ingest:

        def read(paths: Sequence[Path]) -> tuple[FileReport, ...]:
            return ingest.paths(paths, options, stop.is_set).files

        Watch(args.watch, read, show, stop.wait).run()
    return DONE


@contextmanager
def _opened(settings: Settings) -> Iterator[Ingest]:
    """Lend an ingest into the stores the settings name."""
    from ingest.editions.keeping import Shelf
    from ingest.pipeline import Ingest
    from search.catalogue import open_catalogue
    from search.embed import load_embedder
    from search.index import index_store
    from web.progress import progress_bar

    with progress_bar(sys.stderr) as progress:
        catalogue = open_catalogue(settings.database_url)
        yield Ingest(
            catalogue,
            index_store(settings),
            _once(lambda: load_embedder(settings.embedder)),
            Shelf(settings, catalogue.edition()).corpus(),
            progress,
            private=settings.private_folder,
            originals=settings.originals,
        )
        catalogue.close()


def _once(load: Callable[[], Any]) -> Callable[[], Any]:
    from functools import cache

    return cache(load)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Lend an event that SIGINT or SIGTERM sets: what is begun is brought to its end.

    A second signal stops at once, as anywhere else.
    """
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {
        number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _print_event(event: Event) -> None:
    from web.printing_ingest import file_line, print_changes

    said = {
        "watching": f"watching {event.name}/ (Ctrl+C stops it)",
        "gone": f"{event.name}: gone from the folder; its text stays in the collection "
        f"(`tamyeez withdraw` takes it out)",
        "trouble": event.said,
        "stopped": f"no longer watching {event.name}/",
    }
    report = asdict(event.report) if event.report else None
    line = file_line(report) if report else said[event.kind]
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
    if report:
        print_changes(report["changes"])


def _print_event_as_json(event: Event) -> None:
    print(json.dumps(asdict(event), ensure_ascii=False, default=str), flush=True)
