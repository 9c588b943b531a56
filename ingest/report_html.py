"""The report of an ingest as one page that can be read, printed and sent: Arabic, then English.

Self-contained: no script, no file beside it, nothing from the network. File names are the only
words of others in it; of a text that masks persons it shows no words at all.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ingest.report import FileReport, FileStatus, IngestReport
from ingest.report_reasons import reason_of
from search.comparison import Wording, compare_words
from search.errors import Unreadable
from search.versions import TextChange

MOST_CHANGES = 200  # of one file; the rest is counted

_ARTICLE = re.compile(
    r"(?P<issuing>issuing-)?art-(?P<number>\d+)(?P<bis>-bis(?:-(?P<label>\w+))?)?"
)
_COUNTED = {
    FileStatus.ADDED: ("أُضيف", "added"),
    FileStatus.UPDATED: ("حُدّث", "updated"),
    FileStatus.UNCHANGED: ("لم يتغير", "unchanged"),
    FileStatus.QUARANTINED: ("رُفض", "refused"),
    FileStatus.WITHDRAWN: ("سُحب", "withdrawn"),
}
_KINDS = {
    "added": ("أُضيفت", "added"),
    "removed": ("حُذفت", "removed"),
    "changed": ("تغيرت", "changed"),
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """One changed article as the page shows it."""

    change: TextChange
    wording: Wording | None

    @property
    def article(self) -> str:
        """The article as an Arabic reader names it; another part by its id."""
        segment = self.change.unit.rpartition("/")[2]
        found = _ARTICLE.fullmatch(segment)
        if found is None:
            return segment
        bis = f" مكرر {found['label'] or ''}".rstrip() if found["bis"] else ""
        return f"{'مادة الإصدار' if found['issuing'] else 'المادة'} {found['number']}{bis}"


def report_html(report: IngestReport, made_at: dt.datetime) -> str:
    """Return the page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        report=report,
        made_at=made_at.strftime("%Y-%m-%d %H:%M"),
        counts=[(status, *_COUNTED[status], report.count(status)) for status in FileStatus],
        status_names=_COUNTED,
        kinds=_KINDS,
        reason_of=reason_of,
        read=[r for r in report.files if r.status is not FileStatus.QUARANTINED],
        changed=[(r, _changes(r), len(r.changes)) for r in report.files if r.changes],
    )


def write_report(path: Path, report: IngestReport) -> None:
    """Write the page to a file; raise Unreadable where it cannot be written."""
    page = report_html(report, dt.datetime.now().astimezone())
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as exc:
        raise Unreadable(
            f"The report {path.name} cannot be written: {exc.strerror}. Name another file with "
            "--report; what was ingested stays ingested.",
            reason="unwritable",
        ) from exc


def _changes(report: FileReport) -> list[_Shown]:
    return [
        _Shown(
            change,
            compare_words(change.language, change.before, change.after)
            if change.before and change.after
            else None,
        )
        for change in report.changes[:MOST_CHANGES]
    ]
