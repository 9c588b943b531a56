"""Print what an edition of the collection changes, article by article, and which are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from web.printing_ingest import print_changes

Json = Mapping[str, Any]

MOST_UNITS = 12  # named in one line; `--json` has them all
_ITEMS = {"added": "new", "removed": "taken out", "changed": "changed"}


def print_change(change: Json) -> None:
    """Print from which edition to which, and every text, figure or definition it changes."""
    print(_heading(change))
    if change["signed_by"]:
        print(f"Signed with the key {change['signed_by']}")
    if change["before"]:
        for item in change["items"]:
            _print_item(item)
    if not change["items"]:
        print("It holds what is in use.")
    counts = dict.fromkeys(_ITEMS, 0)
    for item in change["items"]:
        counts[item["kind"]] += 1
    said = ", ".join(f"{n} {_ITEMS[kind]}" for kind, n in counts.items() if n)
    done = "In use now" if change["in_use"] else "Checked only; nothing was changed"
    print(f"{done}. {f'Works and lists: {said}.' if said else ''}".rstrip())


def print_editions(editions: Iterable[Json]) -> None:
    """Print the editions kept, the one in use marked."""
    listed = list(editions)
    if not listed:
        print("There is no collection yet: run `tamyeez ingest`, or bring an edition.")
    for edition in listed:
        mark = "*" if edition["in_use"] else " "
        signed = f"; key {edition['signed_by']}" if edition["signed_by"] else "; of the release"
        print(f"{mark} {_name(edition)}{signed}")
        if edition["notes"]:
            print(f"    {edition['notes']['ar']}\n    {edition['notes']['en']}")


def _heading(change: Json) -> str:
    before = f", instead of {_name(change['before'])}" if change["before"] else ""
    return f"{_name(change['after'])}{before}"


def _name(edition: Json) -> str:
    if not edition["number"]:
        return f"edition without a number ({edition['digest']})"
    return f"edition {edition['number']} of {edition['date']} ({edition['digest']})"


def _print_item(item: Json) -> None:
    print(f"{item['label']}: {_ITEMS[item['kind']]}")
    print_changes(item["texts"])
    for what, group in groupby(item["details"], key=lambda detail: detail["what"]):
        units = [detail["unit"].rpartition("/")[2] for detail in group]
        more = f" … and {len(units) - MOST_UNITS} more" if len(units) > MOST_UNITS else ""
        print(f"  {what} of {', '.join(units[:MOST_UNITS])}{more}")
