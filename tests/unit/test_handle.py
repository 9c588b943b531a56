"""A newer generation is opened beside queries that go on with the former one."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any, cast

import pytest

from search.adapter import adapter_for
from search.errors import IndexMismatch, IndexNotReady, StoreDamaged
from search.handle import IndexHandle
from search.index.port import SCHEMA_VERSION, IndexStore, Manifest

WAIT_S = 20.0
FIRST = Manifest(
    generation="000001",
    schema_version=SCHEMA_VERSION,
    embedder="e",
    dimensions=2,
    revision=1,
    fingerprint="",
    points=0,
    average_terms=1.0,
    built_at="",
    adapter=adapter_for("e").name,
)
SECOND = replace(FIRST, generation="000002", revision=2)


class Index:
    """An open generation that knows whether it was closed."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.is_closed = False

    def close(self) -> None:
        assert not self.is_closed
        self.is_closed = True


class Store:
    """Publishes what it is told; opening waits while `may_open` is clear."""

    def __init__(self) -> None:
        self.published: Manifest | None = FIRST
        self.opened: list[Index] = []
        self.is_opening, self.may_open = threading.Event(), threading.Event()
        self.may_open.set()

    def current(self) -> Manifest | None:
        return self.published

    def open(self) -> Index:
        self.is_opening.set()
        assert self.may_open.wait(WAIT_S)
        if self.published is None:
            raise IndexNotReady("nothing is published")
        self.opened.append(Index(self.published))
        return self.opened[-1]


class Ready:
    """What is to be called before a newer generation is lent."""

    def __init__(self) -> None:
        self.revisions: list[int] = []
        self.fails = False

    def __call__(self, manifest: Manifest) -> None:
        self.revisions.append(manifest.revision)
        if self.fails:
            raise StoreDamaged("the catalogue cannot be read")


def handle_over(store: Store, ready: Ready | None = None) -> IndexHandle:
    return IndexHandle(cast(IndexStore, store), ready or Ready())


def lent_by(handle: IndexHandle) -> str:
    with handle.use("e") as index:
        return index.manifest.generation


def in_thread(work: Any) -> tuple[threading.Thread, list[Any]]:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    return thread, found


def test_who_sees_a_newer_generation_first_has_it() -> None:
    store, ready = Store(), Ready()
    handle = handle_over(store, ready)
    assert lent_by(handle) == "000001"
    store.published = SECOND
    assert lent_by(handle) == "000002"
    assert ready.revisions == [1, 2]
    assert [index.is_closed for index in store.opened] == [True, False]
    assert handle.revision() == 2


def test_others_go_on_with_the_former_while_it_is_opened() -> None:
    store = Store()
    handle = handle_over(store)
    lent_by(handle)
    store.published = SECOND
    store.is_opening.clear()
    store.may_open.clear()
    thread, found = in_thread(lambda: lent_by(handle))
    assert store.is_opening.wait(WAIT_S)
    with handle.use("e") as index:
        assert index.manifest == FIRST
        store.may_open.set()
        thread.join(WAIT_S)
        assert found == ["000002"]
        assert not store.opened[0].is_closed  # it is still lent
    assert store.opened[0].is_closed
    assert len(store.opened) == 2


def test_who_catches_up_waits_for_it() -> None:
    store = Store()
    handle = handle_over(store)
    lent_by(handle)
    store.published = SECOND
    store.is_opening.clear()
    store.may_open.clear()
    opening, _ = in_thread(lambda: lent_by(handle))
    assert store.is_opening.wait(WAIT_S)

    def catch_up() -> str:
        handle.catch_up()
        return lent_by(handle)

    waiting, found = in_thread(catch_up)
    waiting.join(0.05)
    assert found == []
    store.may_open.set()
    opening.join(WAIT_S)
    waiting.join(WAIT_S)
    assert found == ["000002"]
    assert len(store.opened) == 2


def test_the_first_generation_is_waited_for_by_all() -> None:
    store = Store()
    store.may_open.clear()
    handle = handle_over(store)
    first, one = in_thread(lambda: lent_by(handle))
    assert store.is_opening.wait(WAIT_S)
    second, other = in_thread(lambda: lent_by(handle))
    second.join(0.05)
    assert other == []
    store.may_open.set()
    first.join(WAIT_S)
    second.join(WAIT_S)
    assert one == other == ["000001"]
    assert len(store.opened) == 1


def test_what_cannot_be_prepared_is_not_lent() -> None:
    store, ready = Store(), Ready()
    handle = handle_over(store, ready)
    lent_by(handle)
    store.published, ready.fails = SECOND, True
    with pytest.raises(StoreDamaged):
        lent_by(handle)
    assert [index.is_closed for index in store.opened] == [False, True]
    ready.fails = False
    assert lent_by(handle) == "000002"


def test_a_closed_handle_opens_again_and_says_why_it_cannot() -> None:
    store = Store()
    handle = handle_over(store)
    lent_by(handle)
    handle.close()
    assert store.opened[0].is_closed
    assert handle.revision() is None
    assert lent_by(handle) == "000001"
    store.published = None
    with pytest.raises(IndexNotReady):
        lent_by(handle)


def test_an_index_of_another_embedder_is_refused() -> None:
    handle = handle_over(Store())
    with pytest.raises(IndexMismatch), handle.use("other"):
        pass
    with handle.use(None) as index:
        assert index.manifest == FIRST


def test_closing_waits_for_what_is_being_opened() -> None:
    store = Store()
    handle = handle_over(store)
    lent_by(handle)
    store.published = SECOND
    store.is_opening.clear()
    store.may_open.clear()
    opening, _ = in_thread(lambda: lent_by(handle))
    assert store.is_opening.wait(WAIT_S)
    closing, _ = in_thread(handle.close)
    store.may_open.set()
    opening.join(WAIT_S)
    closing.join(WAIT_S)
    assert handle.revision() is None
    assert all(index.is_closed for index in store.opened)
