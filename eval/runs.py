"""Runs: the ranked answers of one system, TREC's six columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from eval.topics import Topic, read_text
from search.errors import QueryEmpty, QueryTooLong, Unreadable

Run = Mapping[str, Mapping[str, float]]  # topic → document → score
Searcher = Callable[[str, int], Sequence[tuple[str, float]]]  # query, depth → (id, score)

_STEP = 1e-8  # keeps scores strictly falling, so that no reader of the file breaks a tie anew


def make_run(
    topics: Iterable[Topic],
    search: Searcher,
    depth: int,
    progress: Callable[[int], None] = lambda _done: None,
) -> dict[str, dict[str, float]]:
    """Ask every topic; one that holds nothing to search for is answered with nothing."""
    run: dict[str, dict[str, float]] = {}
    for done, topic in enumerate(topics, 1):
        try:
            answers = search(topic.query, depth)
        except (QueryEmpty, QueryTooLong):
            answers = []
        run[topic.id] = strictly_falling(answers)
        progress(done)
    return run


def write_run(path: Path, run: Run, tag: str) -> None:
    """Write `topic Q0 document rank score tag` lines, best first, ranks from 1."""
    lines = [
        f"{topic} Q0 {document} {rank} {score:.8f} {tag}"
        for topic, answers in run.items()
        for rank, (document, score) in enumerate(answers.items(), 1)
    ]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def read_run(path: Path) -> Run:
    """Read a run by its scores, as every TREC tool does; the rank column is not trusted."""
    run: dict[str, dict[str, float]] = {}
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            topic, _, document, _, score, _ = line.split()
            run.setdefault(topic, {})[document] = float(score)
        except ValueError as exc:
            raise Unreadable(
                f"{path.name}, line {number}: a run has six columns, "
                "`topic Q0 document rank score tag`.",
                reason="run",
            ) from exc
    return run


def strictly_falling(answers: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return document → score, each lower than the one before; a document counts once."""
    falling: dict[str, float] = {}
    last = float("inf")
    for document, score in answers:
        if document in falling:
            continue
        last = min(score, last - _STEP)
        falling[document] = last
    return falling
