"""The command that reviews scanned pages: list, show, accept, correct, reject."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.settings import Settings
from web.cli.common import DONE, QUARANTINED, Commands, print_json

if TYPE_CHECKING:
    from ingest.files import Options
    from ingest.report import FileReport
    from ingest.review import Decision, Queued, ReviewDesk


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    review = commands.add_parser(
        "review",
        help="compare scanned pages with their pictures, so that they become citable",
        description="Scanned pages are read by OCR and wait for a person. FILE is the id or name "
        "that `review list` shows. When every page of a file is accepted or corrected, its text "
        "is added.",
    )
    actions = review.add_subparsers(required=True, metavar="ACTION", dest="action")
    listing = actions.add_parser("list", help="what waits, and what was decided")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    show = _on_file(actions, "show", "a page's text; with --to, beside its picture")
    show.add_argument("--page", type=int, metavar="N", help="else the first that waits")
    show.add_argument("--to", type=Path, metavar="OUT.html", help="write text and picture there")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_show)
    accept = _on_file(actions, "accept", "the text is what the picture shows")
    _add_pages(accept)
    accept.set_defaults(run=_accept)
    correct = _on_file(actions, "correct", "put a corrected text in the page's place")
    correct.add_argument("--page", type=int, metavar="N", required=True)
    correct.add_argument("--text", metavar="FILE.txt", required=True, help="or - for input")
    correct.set_defaults(run=_correct)
    reject = _on_file(actions, "reject", "the page cannot be used: the file is refused")
    _add_pages(reject)
    reject.set_defaults(run=_reject)


def open_desk(settings: Settings) -> ReviewDesk:
    """Open the review queue of a home folder; nothing is loaded before it is needed."""
    from ingest.ocr.store import PageStore
    from ingest.review import ReviewDesk

    def again(path: Path, options: Options, withdraw: bool) -> FileReport | None:
        return _ingest_again(settings, path, options, withdraw)

    return ReviewDesk(PageStore(settings.private_folder), again)


def _ingest_again(
    settings: Settings, path: Path, options: Options, withdraw: bool
) -> FileReport | None:
    from ingest.editions.keeping import Shelf
    from ingest.files import Options as NoOptions
    from ingest.originals import Originals
    from ingest.pipeline import Ingest
    from search.catalogue import FileStatus, open_catalogue
    from search.embed import load_embedder
    from search.index import index_store

    catalogue = open_catalogue(settings.database_url)
    try:
        ingest = Ingest(
            catalogue,
            index_store(settings),
            lambda: load_embedder(settings.embedder),
            Shelf(settings, catalogue.edition()).corpus(),
            private=settings.private_folder,
            originals=settings.originals,
        )
        report = ingest.paths([path], options)
        held = catalogue.find_file(str(path.absolute()))
        if withdraw and held and held.id and held.status is FileStatus.ADDED:
            Originals(settings.originals, catalogue).forget(held)
            catalogue.withdraw(held.id)
            ingest.paths([], NoOptions())  # which leaves the index without it
        return report.files[0] if report.files else None
    finally:
        catalogue.close()


def _on_file(actions: Commands, name: str, says: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=says)
    parser.add_argument("file", metavar="FILE")
    return parser


def _add_pages(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--page", type=int, nargs="+", metavar="N", dest="pages")
    which.add_argument("--all", action="store_true", help="every page that waits")


def _list(args: argparse.Namespace, settings: Settings) -> int:
    files = open_desk(settings).files()
    if args.json:
        print_json([_plain(queued) for queued in files])
        return DONE
    if not files:
        print("No scanned page is waiting for review.")
    for queued in files:
        print(
            f"{queued.id}  {queued.file.name}: {queued.waiting} of {len(queued.pages)} scanned "
            f"pages wait ({queued.file.total} in the file)"
        )
        for page in queued.pages:
            said = ", ".join(page.doubts)
            print(
                f"    page {page.number}: {page.state}, {page.confidence:.0%} sure"
                + (f"; doubts: {said}" if said else "")
            )
    return DONE


def _show(args: argparse.Namespace, settings: Settings) -> int:
    from ingest.review_page import write_review

    desk = open_desk(settings)
    queued = desk.file(args.file)
    if args.to is not None:
        pages = queued.pages if args.page is None else (desk.page(queued.id, args.page),)
        write_review(queued, pages, lambda n: desk.picture(queued.id, n), args.to)
        print(f"{len(pages)} of {len(queued.pages)} pages beside their pictures: {args.to}")
        return DONE
    number = args.page or queued.first_waiting or queued.pages[0].number
    page = desk.page(queued.id, number)
    if args.json:
        print_json(asdict(page))
        return DONE
    said = f"{queued.file.name}, page {number}: {page.state}, {page.confidence:.0%} sure"
    print(said, file=sys.stderr)
    if page.doubts:
        print(f"doubts: {', '.join(page.doubts)}", file=sys.stderr)
    if page.disputed:
        print(f"numbers to compare first: {', '.join(page.disputed)}", file=sys.stderr)
    print(page.text)
    return DONE


def _accept(args: argparse.Namespace, settings: Settings) -> int:
    desk = open_desk(settings)
    return _ended(desk.accept(args.file, _numbers(desk.file(args.file), args)))


def _correct(args: argparse.Namespace, settings: Settings) -> int:
    from web.cli.asking import read_text

    return _ended(open_desk(settings).correct(args.file, args.page, read_text(args.text)))


def _reject(args: argparse.Namespace, settings: Settings) -> int:
    desk = open_desk(settings)
    return _ended(desk.reject(args.file, _numbers(desk.file(args.file), args)))


def _numbers(queued: Queued, args: argparse.Namespace) -> list[int]:
    if args.pages:
        return list(args.pages)
    return [page.number for page in queued.pages if page.state == "waiting"]


def _ended(decision: Decision) -> int:
    queued, report = decision.queued, decision.report
    if report is None:
        print(f"Kept. {queued.waiting} of {len(queued.pages)} scanned pages still wait.")
        return DONE
    if decision.why:
        print(f"Kept, but the file is not added: {decision.why}")
        return QUARANTINED
    print(f"Kept. {queued.file.name}: {decision.end}, {report.provisions} provisions.")
    return DONE


def _plain(queued: Queued) -> dict[str, Any]:
    return {
        "id": queued.id,
        "name": queued.file.name,
        "pages_of_file": queued.file.total,
        "waiting": queued.waiting,
        "pages": [
            {name: value for name, value in asdict(page).items() if name != "lines"}
            for page in queued.pages
        ],
    }
