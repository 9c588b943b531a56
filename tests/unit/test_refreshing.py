"""What is read of the collection is read by one thread at a time, and not at every revision."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from search import refreshing
from search.refreshing import Refreshed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the time."""
    now = [0.0]
    monkeypatch.setattr(refreshing.time, "monotonic", lambda: now[0])

    def put(seconds: float) -> None:
        now[0] = seconds

    return put


def counting() -> Refreshed[int]:
    reads: list[int] = []

    def read() -> int:
        reads.append(len(reads))
        return reads[-1]

    return Refreshed(read, lasts_s=3.0)


def test_a_value_is_read_once_a_revision(clock: Callable[[float], None]) -> None:
    held = counting()
    assert [held.of(1), held.of(1)] == [0, 0]
    clock(100.0)
    assert held.of(1) == 0
    assert held.of(2) == 1


def test_a_former_value_does_for_a_while(clock: Callable[[float], None]) -> None:
    held = counting()
    assert held.of(1) == 0
    clock(2.9)
    assert held.of(2) == 0
    clock(3.1)
    assert held.of(3) == 1


def test_a_value_older_than_may_be_is_read_at_once(clock: Callable[[float], None]) -> None:
    held = counting()
    assert held.of(1) == 0
    assert held.of(3, least=2) == 1
    assert held.of(4, least=3) == 1


def test_a_revision_that_goes_back_is_not_taken_for_newer(clock: Callable[[float], None]) -> None:
    held = counting()
    assert held.of(9) == 0
    clock(10.0)
    assert held.of(4) == 1  # another catalogue was put in its place


def test_one_thread_reads_while_others_go_on_with_what_they_have() -> None:
    begun, go_on, reads = threading.Event(), threading.Event(), list[int]()

    def read() -> int:
        reads.append(1)
        if len(reads) == 2:
            begun.set()
            assert go_on.wait(30)
        return len(reads)

    held = Refreshed(read, lasts_s=0.0)
    assert held.of(1) == 1
    found: list[int] = []
    reader = threading.Thread(target=lambda: found.append(held.of(2)))
    reader.start()
    assert begun.wait(30)
    assert held.of(2) == 1  # the other reads
    waiting = threading.Thread(target=lambda: found.append(held.of(2, least=2)))
    waiting.start()
    go_on.set()
    reader.join(30)
    waiting.join(30)
    assert found == [2, 2]
    assert len(reads) == 2
