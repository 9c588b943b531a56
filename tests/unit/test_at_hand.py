"""Records kept at hand are read once, and never outlive the state of the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search import at_hand
from search.at_hand import AtHand, Shelf


class _Held:
    """A catalogue that counts what is read of it."""

    def __init__(self) -> None:
        self.now: str | None = "one"
        self.reads: list[list[str]] = []

    def stamp(self) -> str | None:
        return self.now

    def passages(self, ids: list[str]) -> Mapping[str, str]:
        self.reads.append(ids)
        return {identifier: f"{self.now} {identifier}" for identifier in ids if identifier != "no"}

    works = provisions = editorials = treatments_of = expressions = expressions_of = passages


def _begun() -> tuple[_Held, Any]:
    held: Any = _Held()
    return held, AtHand(held)


def test_what_was_read_is_not_read_again_and_what_is_missing_is_remembered_as_missing() -> None:
    held, hand = _begun()
    assert hand.at_this_state().passages(["a", "no"]) == {"a": "one a"}
    assert hand.at_this_state().passages(["no", "b", "a"]) == {"b": "one b", "a": "one a"}
    assert held.reads == [["a", "no"], ["b"]]


def test_a_change_of_the_collection_drops_everything() -> None:
    held, hand = _begun()
    before = hand.at_this_state()
    before.passages(["a"])
    held.now = "two"
    assert hand.at_this_state().passages(["a"]) == {"a": "two a"}
    assert before.passages(["a"]) == {"a": "one a"}, "a search under way keeps its state"


def test_nothing_is_kept_while_the_collection_may_be_changing() -> None:
    held, hand = _begun()
    held.now = None
    hand.at_this_state().passages(["a"])
    hand.at_this_state().passages(["a"])
    assert held.reads == [["a"], ["a"]]


def test_a_full_shelf_begins_anew() -> None:
    shelf = Shelf(lambda ids: {identifier: identifier for identifier in ids})
    many = [str(n) for n in range(at_hand.KEPT + 1)]
    assert len(shelf(many)) == len(many)
    assert shelf(["x"]) == {"x": "x"}
    assert len(shelf._held) == 1
