"""The reference documents: how each one ends, how it must end, and whether its words are right."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import read
from ingest.recognise import recognise
from ingest.splitters import split
from search.errors import Unreadable
from search.model import Contribution, ProvisionKind
from tests.bench.ingest_documents import EXPECTED, RECORDS, Expected
from tests.bench.ingest_measures import words_apart
from tests.support import SHARED

_DOCUMENTS = SHARED / "documents"
_PARALLEL = _DOCUMENTS / "parallel-ar-en-statutes-by-article.jsonl"
_PENAL_CODES = {
    "qa-penal-code-11-2004-word-export-ar.html": "ar",
    "qa-penal-code-11-2004-en.docx": "en",
}
_APART = 0.1  # of the words of an article that another edition of the law has otherwise


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended: the reason of its refusal, or what it was taken for."""

    reason: str | None
    said: str
    articles: int | None = None
    pages: int = 0
    contribution: Contribution | None = None

    def is_as(self, expected: Expected) -> bool:
        """Whether it is in its class, with all its articles."""
        counted = expected.articles is None or expected.articles == self.articles
        return self.reason == expected.reason and counted

    @property
    def shown(self) -> str:
        """The class as the table shows it."""
        if self.reason:
            return f"refused: {self.reason}"
        return f"read, {self.articles} articles" if self.articles else "read"


def files() -> None:
    """Print the class of each document and of each text inside the data files, and the speed."""
    print("\n| file | must be | is | as the program says | why it must |")
    print("| --- | --- | --- | --- | --- |")
    wrong: list[str] = []
    pages, seconds, penal_codes = 0, 0.0, {}
    for name, expected in EXPECTED.items():
        started = time.process_time()
        ended = end_of(_DOCUMENTS / name)
        if ended.pages:
            pages, seconds = pages + ended.pages, seconds + time.process_time() - started
        if not ended.is_as(expected):
            wrong.append(name)
        if name in _PENAL_CODES:
            penal_codes[name] = ended
        print(f"| {name} | {expected.shown} | {ended.shown} | {ended.said} | {expected.why} |")
    print(f"\nIn another class than they must be: {len(wrong)} of {len(EXPECTED)} {wrong or ''}")
    records()
    for name, ended in penal_codes.items():
        _compare(name, ended)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{pages} PDF pages read, judged and split: {pages / seconds:.0f} a second of one core."
    )
    print(f"Largest memory of this process: {peak:.0f} MB.")


def end_of(path: Path) -> Ended:
    """Read, recognise and split a file."""
    try:
        document = read(path)
        description = recognise(document, path.name)
        contribution = split(document, description)
    except Unreadable as exc:
        return Ended(exc.reason, str(exc).partition(": ")[2] or str(exc))
    articles = sum(
        p.kind in (ProvisionKind.ARTICLE, ProvisionKind.ISSUING_ARTICLE)
        for p in contribution.provisions
    )
    said = f"{description.kind}, {description.language}"
    return Ended(None, said, articles or None, document.pages or 0, contribution)


def records() -> None:
    """Print how the texts inside the data files end when each is a text file of its own."""
    print("\n| text of a data file | must be | is | as the program says |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, expected in RECORDS.items():
            ends = [_end_of_text(text, Path(folder)) for text in texts_of(_DOCUMENTS / name)]
            for number, (ended, reason) in enumerate(zip(ends, expected, strict=True), start=1):
                must = f"refused: {reason}" if reason else "read"
                mark = "" if ended.reason == reason else " **(!)**"
                print(f"| {name}, {number} | {must} | {ended.shown}{mark} | {ended.said} |")


def _end_of_text(text: str, folder: Path) -> Ended:
    path = folder / "record.txt"
    path.write_text(text, encoding="utf-8")
    return end_of(path)


def texts_of(path: Path) -> Iterator[str]:
    """The text of each record of a data file."""
    if path.suffix == ".json":
        record = json.loads(path.read_text(encoding="utf-8"))
        yield "\n".join([record["title"], *_articles_of(record["provisions"])])
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield f"{record.get('title', '')}\n\n{record['text']}"


def _articles_of(provisions: list[dict[str, str]]) -> Iterator[str]:
    for provision in provisions:
        yield from (f"المادة {provision['section']}", provision["content"])


def _compare(name: str, ended: Ended) -> None:
    """Hold the articles of a code against another edition of it, word by word."""
    if ended.contribution is None:
        return
    language, read_ = _PENAL_CODES[name], _texts(ended.contribution)
    other = [json.loads(line) for line in _PARALLEL.read_text(encoding="utf-8").splitlines()]
    pairs = {r["article"]: r[language] for r in other if r["law"] == "qa-law-2004-11"}
    known = {number: text for number, text in pairs.items() if f"art-{number}" in read_}
    apart = [n for n, t in known.items() if words_apart(t, read_[f"art-{n}"]) > _APART]
    print(
        f"\n{name}: {len(known)} of {len(pairs)} articles of another edition found; "
        f"{len(apart)} differ in more than a tenth of their words: {apart[:20]}"
    )


def _texts(contribution: Contribution) -> dict[str, str]:
    return {e.unit.rpartition("/")[2]: e.text for e in contribution.expressions}
