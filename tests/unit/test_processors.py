"""Matrix products use the processors that are free, never more than there were threads."""

from __future__ import annotations

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
