"""Matrix products use the processors that are free, never more than there were threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from search import processors


def threads() -> set[int]:
    """How many each library uses that had been loaded when this was first asked."""
    return {library.num_threads for library in processors._blas().lib_controllers}


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    processors.give_way()


@pytest.mark.parametrize(("free", "most"), [(1, 1), (64, processors._most())])
def test_give_way(monkeypatch: pytest.MonkeyPatch, free: int, most: int) -> None:
    monkeypatch.setattr(processors, "free_processors", lambda: free)
    processors.give_way()
    assert threads() == {most}


def test_the_number_of_threads_does_not_change_what_comes_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = np.random.default_rng(3).normal(size=(300, 384)).astype(np.float32)
    made = []
    for free in (1, 2):
        monkeypatch.setattr(processors, "free_processors", lambda free=free: free)
        processors.give_way()
        made.append(rows @ rows.T)
    assert np.allclose(*made, atol=1e-3)


def test_so_many_compute_at_once_and_no_more() -> None:
    inside, most, lock = 0, 0, threading.Lock()
    full = threading.Barrier(processors.AT_ONCE)

    @processors.turn()
    def compute() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        full.wait(timeout=10)  # broken, were there fewer at once
        with lock:
            inside -= 1

    threads = [threading.Thread(target=compute) for _ in range(3 * processors.AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert not full.broken
    assert (inside, most) == (0, processors.AT_ONCE)


def test_a_turn_is_given_back_by_who_fails() -> None:
    @processors.turn()
    def fail() -> None:
        raise ValueError

    for _ in range(processors.AT_ONCE + 1):
        with pytest.raises(ValueError):
            fail()
