"""What was read of the whole collection is kept until the collection changes, and not longer."""

from __future__ import annotations

from search.remembering import KEPT, Remembering


def test_a_value_is_read_once_until_the_stamp_changes() -> None:
    stamps = ["a", "a", "b", None, "b"]
    reads: list[int] = []
    kept = Remembering(lambda: stamps.pop(0))

    def read() -> int:
        reads.append(len(reads))
        return reads[-1]

    # read, kept, read anew, passed by while it may be changing, kept again
    assert [kept.of("key", read) for _ in range(5)] == [0, 0, 1, 2, 1]


def test_no_more_is_kept_than_fits() -> None:
    kept = Remembering(lambda: "a")
    for n in range(KEPT + 1):
        kept.of(n, lambda n=n: n)
    assert kept.of(0, lambda: -1) == 0
    assert kept.of(KEPT, lambda: -1) == -1
