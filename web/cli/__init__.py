"""The command `tamyeez`: arguments in, lines out.

Exit codes: 0 done; 1 refused, with one line that says why; 2 wrong usage; 3 done, but some inputs
were quarantined. A module of this package holds one group of commands and adds their parsers.
Heavy imports live inside the commands, so that `--help` stays light.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from search.access import acting_as
from search.errors import TamyeezError
from search.settings import SETTINGS, load_settings
from web.cli import (
    accounts,
    asking,
    auditing,
    backing,
    collection,
    drafting,
    ingesting,
    keeping,
    measuring,
    originals,
    recording,
    reviewing,
    teaching,
)
from web.cli.auditing import run_recorded
from web.cli.common import DONE, REFUSED, reader_of

GROUPS = (
    ingesting,
    reviewing,
    originals,
    collection,
    keeping,
    backing,
    accounts,
    auditing,
    asking,
    drafting,
    recording,
    teaching,
    measuring,
)


_IN_NO_HURRY = frozenset({"ingest"})
_NICENESS = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _print_unicode()
    args = build_parser().parse_args(arguments)
    if arguments is None and args.command in _IN_NO_HURRY:  # else the process is somebody else's
        _step_back()
    try:
        settings = load_settings()
        with acting_as(reader_of(settings, args.command)):
            code = run_recorded(args, settings)
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


def _step_back() -> None:
    """Leave the processors to who is waiting for an answer: a server on the same machine."""
    if os.getpriority(os.PRIO_PROCESS, 0) == 0:
        os.nice(_NICENESS)


def build_parser() -> argparse.ArgumentParser:
    """Build the parser; every command names the function that runs it."""
    parser = argparse.ArgumentParser(
        prog="tamyeez",
        description="Bilingual search over Kuwait's law on trafficking in persons.",
        epilog=_settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for group in GROUPS:
        group.add_commands(commands)
    return parser


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
