"""Print how an ingest went, line by line, and what changed in a text from version to version."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]

MOST_CHANGES = 20  # lines of one file; `--report` and `--json` have them all
MOST_WORDS = 12  # of what a change took away or brought
_SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def print_ingest(report: Json, quiet: bool) -> None:
    """Print how every file ended, refusals on standard error, and one closing line."""
    for file in report["files"]:
        if file["status"] == "quarantined":
            print(file_line(file), file=sys.stderr)
        elif not quiet:
            print(file_line(file))
            print_changes(file["changes"])
    for name in () if quiet else report["skipped"]:
        print(f"{name}: skipped, not a kind of file that is read")
    if not quiet or report["rebuilt"]:
        print(_closing_line(report))


def file_line(file: Json) -> str:
    """Say in one line how a file ended."""
    if file["status"] == "quarantined":
        return f"{file['file']}: quarantined ({file['reasons'][0]}): {file['reasons'][-1]}"
    work = file["instrument"] or file["judgment"] or "thesaurus"
    line = f"{file['file']}: {file['status']}, {work}, {file['provisions']} provisions"
    if file["status"] == "withdrawn":
        return f"{line}, {file['passages']} passages: nothing of it is found or shown any more"
    if file["kept_as_at"]:
        line += f"; the earlier text stays as it applied before {file['kept_as_at']}"
    elif file["changes"]:
        line += f"; `tamyeez versions {work}` shows the earlier text"
    if not file["confirmed"]:
        line += f"; recognised from the text, please confirm ({'; '.join(file['reasons'])})"
    return line


def print_changes(changes: Iterable[Json]) -> None:
    """Print which articles a new version added, removed and changed, with the words that differ."""
    listed = list(changes)
    for change in listed[:MOST_CHANGES]:
        print(f"  {_SIGNS[change['kind']]} {change['unit'].rpartition('/')[2]}{_words(change)}")
    if len(listed) > MOST_CHANGES:
        print(f"  … and {len(listed) - MOST_CHANGES} more")


def print_versions(work: str, versions: Iterable[Json]) -> None:
    """Print the history of a work, newest first."""
    listed = list(versions)
    if not listed:
        print(f"{work} is held as it was first read; it has no earlier version.")
    for version in listed:
        applied = f", applied from {version['valid_from']}" if version["valid_from"] else ""
        print(f"{version['name']}{applied}: read {version['read_at'][:10]}, ", end="")
        print(f"replaced {version['replaced_at'][:10]}; its successor changed:")
        print_changes(version["changes"])


def _closing_line(report: Json) -> str:
    counts = ", ".join(f"{n} {name}" for name, n in report["summary"].items() if n)
    points = report["index"]["points"] if report["index"] else 0
    built = "index rebuilt" if report["rebuilt"] else "index unchanged"
    return (
        f"Collection: {counts or 'nothing to do'}; {points:,} passages, {built}; "
        f"{report['seconds']:.1f} s"
    )


def _words(change: Json) -> str:
    """Show the first words that differ; nothing where the texts are not shown."""
    old, new = re.findall(r"\S+", change["before"] or ""), re.findall(r"\S+", change["after"] or "")
    if not old or not new:
        return ""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if start is None:
        start = min(len(old), len(new))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return f": «{_cut(old[start : len(old) - end])}» → «{_cut(new[start : len(new) - end])}»"


def _cut(words: list[str]) -> str:
    return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
