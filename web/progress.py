"""A progress bar on a terminal; nothing where the output goes to a file or a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

STEPS = {
    "read": "Reading texts",
    "embed": "Embedding passages",
    "index": "Building the index",
    "wait": "Waiting for another build",
    "ask": "Asking queries",
}


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Callable[[str, int, int], None]]:
    """Lend a function (step, done, of) that moves one bar per step."""
    if not stream.isatty():
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bars = Progress(
        TextColumn("{task.description:<26}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(file=stream),
        transient=True,
    )
    tasks = {}
    with bars:

        def move(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield move
