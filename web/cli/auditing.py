"""The audit trail by command: verify, list, prune; and the recording of every other command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from search.audit import Kind
from search.errors import TamyeezError
from search.settings import Settings
from web.cli.common import DONE, QUARANTINED, REFUSED, USAGE, Commands

_USER_ACTS = ("add", "roles", "reset", "disable", "enable", "link")
# Searching is recorded by the service, whoever asks it; `serve` when it begins.
_RECORDED = {
    "ingest": Kind.INGEST,
    "withdraw": Kind.WITHDRAW,
    "review show": Kind.RESTRICTED,
    "review accept": Kind.REVIEW,
    "review correct": Kind.REVIEW,
    "review reject": Kind.REVIEW,
    "record": Kind.EXPORT,
    "case-study": Kind.EXPORT,
    "work export": Kind.EXPORT,
    "work delete": Kind.ADMINISTRATION,
    "backup": Kind.BACKUP,
    "restore": Kind.RESTORE,
    "reindex": Kind.ADMINISTRATION,
    **{f"user {act}": Kind.ADMINISTRATION for act in _USER_ACTS},
    "token add": Kind.ADMINISTRATION,
    "token end": Kind.ADMINISTRATION,
    "collection export": Kind.EXPORT,
    "collection update": Kind.INGEST,
    "collection rollback": Kind.INGEST,
}
_OUTCOMES = {DONE: "done", REFUSED: "refused", QUARANTINED: "quarantined"}


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    audit = commands.add_parser("audit", help="check and read the trail of what was done")
    actions = audit.add_subparsers(required=True, metavar="ACTION", dest="action")
    verify = actions.add_parser("verify", help="find events changed, taken out or cut off")
    verify.set_defaults(run=_verify)
    listing = actions.add_parser("list", help="list the events, oldest first")
    listing.add_argument("--csv", action="store_true", help="as a table for a spreadsheet")
    listing.set_defaults(run=_list)
    prune = actions.add_parser("prune", help="let go what is older than TAMYEEZ_AUDIT_DAYS")
    prune.set_defaults(run=_prune)


def run_recorded(args: argparse.Namespace, settings: Settings) -> int:
    """Run a command and record what became of it; returns its exit code."""
    name = " ".join(filter(None, (args.command, getattr(args, "action", None))))
    kind = _RECORDED.get(name)
    try:
        code: int = args.run(args, settings)
    except TamyeezError as exc:
        _record(kind, name, exc.code, args, settings)
        raise
    except KeyboardInterrupt:
        _record(kind, name, "stopped", args, settings)
        raise
    if code != USAGE:
        _record(kind, name, _OUTCOMES[code], args, settings)
    return code


def _record(
    kind: Kind | None, name: str, outcome: str, args: argparse.Namespace, settings: Settings
) -> None:
    from search.audit import Trail

    home: Path = (
        getattr(args, "to", None) or settings.home if kind is Kind.RESTORE else settings.home
    )
    if kind is None or not home.is_dir():
        return
    trail = Trail(home, settings.audit_queries)
    # A path may name a person: it is told again from its digest only by who knows it.
    given = getattr(args, "targets", None) or [getattr(args, "file", None)]
    objects = [trail.digest(str(one)) for one in given if one]
    if args.command in ("user", "token"):
        objects = [args.name]  # of an account, which its own events name too
    trail.add(kind, (name, *objects), outcome)
    trail.close()


def _verify(_args: argparse.Namespace, settings: Settings) -> int:
    from search.audit import verify

    verdict = verify(settings.home)
    for finding in verdict.findings:
        which = str(finding.first) if finding.first == finding.last else (
            f"{finding.first} to {finding.last}"
        )  # fmt: skip
        print(f"event {which}: {finding.what}")
    if not verdict.is_whole:
        return REFUSED
    print(f"Whole: events {verdict.first} to {verdict.last}. Head: {verdict.head or 'none'}")
    return DONE


def _list(args: argparse.Namespace, settings: Settings) -> int:
    import csv

    from search.audit.verifying import as_row, events

    titles = ["number", "at", "actor", "kind", "objects", "outcome", "detail"]
    table = csv.writer(sys.stdout, lineterminator="\n")
    if args.csv:
        table.writerow(titles)
    for event in events(settings.home):
        if args.csv:
            table.writerow([_harmless(cell) for cell in as_row(event)])
        else:
            print("  ".join(as_row(event)))
    return DONE


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking the words of a search for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _prune(_args: argparse.Namespace, settings: Settings) -> int:
    from search.audit import Trail
    from search.errors import BadSetting

    if not settings.audit_days:
        raise BadSetting("TAMYEEZ_AUDIT_DAYS is 0: every event is kept. Set a number of days.")
    trail = Trail(settings.home)
    gone = trail.let_go(settings.audit_days)
    trail.close()
    print(f"{gone:,} events let go.")
    return DONE
