"""The commands of a legislative drafter: compare, coverage."""

from __future__ import annotations

import argparse

from search.duties import DutyStatus
from search.model import Language
from search.settings import Settings
from web.cli.common import DONE, Commands, ask, plain, print_json, usage


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    compare = commands.add_parser(
        "compare",
        help="lay provisions side by side",
        description="Lay 2 to 6 provisions side by side: by component, and the first with each "
        "other by words. Each is an id or a citation; ID@YYYY-MM-DD is the text of that day.",
    )
    compare.add_argument("provisions", nargs="+", metavar="PROVISION")
    compare.add_argument("--lang", type=Language, choices=list(Language), default=Language.AR)
    compare.add_argument("--json", action="store_true")
    compare.set_defaults(run=_compare)
    coverage = commands.add_parser(
        "coverage",
        help="treaty duties against national provisions",
        description="List treaty duties with our suggestion of how far the provisions held meet "
        "them. A suggestion is editorial and never a legal finding.",
    )
    coverage.add_argument("--treaty", action="append", default=[], metavar="ID")
    coverage.add_argument(
        "--status", action="append", default=[], type=DutyStatus, choices=list(DutyStatus)
    )
    coverage.add_argument("--lang", type=Language, choices=list(Language), default=Language.AR)
    coverage.add_argument("--json", action="store_true")
    coverage.set_defaults(run=_coverage)


def _compare(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing_drafting import print_comparisons
    from web.schemas_compare import ComparisonsOut

    if len(args.provisions) < 2:
        return usage("compare takes at least two provisions.")
    answer = ask(
        settings,
        "/api/compare/several",
        {"unit": args.provisions, "lang": args.lang},
        lambda service: plain(ComparisonsOut, service.compare_several(args.provisions, args.lang)),
    )
    if args.json:
        print_json(answer)
    else:
        print_comparisons(answer, args.lang)
    return DONE


def _coverage(args: argparse.Namespace, settings: Settings) -> int:
    from web.printing_drafting import print_coverage
    from web.schemas_coverage import CoverageMatrixOut

    answer = ask(
        settings,
        "/api/treaty-coverage",
        {"treaty": args.treaty, "status": args.status},
        lambda service: plain(CoverageMatrixOut, service.treaty_coverage(args.treaty, args.status)),
    )
    if args.json:
        print_json(answer)
    else:
        print_coverage(answer, args.lang)
    return DONE
