"""A changed file: what changed is told, what was held stays readable, a withdrawal ends it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from search.catalogue import Outcome
from search.model import Authority, Language, Passage, Role
from search.versions import ChangeKind

OLD, NEW = "Whoever moors is fined 50.", "Whoever moors is fined 70."
DAY = dt.date(2099, 5, 1)
OFFICIAL = Authority.OFFICIAL


@pytest.fixture
def law(samples):
    """A law's official text; `day`: the first on which it applies."""

    def make(texts, day=None):
        version = f".{day}" if day else ""
        made = samples.law(tuple(texts), OFFICIAL)
        expressions = tuple(
            replace(e, id=f"{e.id}{version}", text=text, valid_from=day)
            for e, text in zip(made.expressions, texts.values(), strict=True)
        )
        return replace(made, expressions=expressions)

    return make


@pytest.fixture
def revise(catalogue, samples):
    def write(contribution, content, keeps_texts=True):
        file = samples.file("in/law.txt", content, work=samples.LAW)
        return catalogue.revise_file(
            file, contribution, samples.passages(contribution), keeps_texts
        )

    return write


def test_a_first_reading_has_no_history(catalogue, samples, law, revise):
    revision = revise(law({"art-1": OLD}), "a")
    assert (revision.outcome, revision.changes) == (Outcome.ADDED, ())
    assert catalogue.versions_of(samples.LAW) == []


def test_a_correction_tells_each_article_and_keeps_the_former_text(catalogue, samples, law, revise):
    revise(law({"art-1": OLD, "art-2": "Same.", "art-3": "Gone."}), "a")
    revision = revise(law({"art-1": NEW, "art-2": "Same.", "art-4": "Come."}), "b")
    assert [(c.unit[-5:], c.kind, c.before, c.after) for c in revision.changes] == [
        ("art-1", ChangeKind.CHANGED, OLD, NEW),
        ("art-4", ChangeKind.ADDED, None, "Come."),
        ("art-3", ChangeKind.REMOVED, "Gone.", None),
    ]
    assert revision.kept_as_at is None
    [version] = catalogue.versions_of(samples.LAW)
    assert [text.text for text in version.texts] == [OLD, "Same.", "Gone."]
    assert version.changes == revision.changes
    # Undated: nobody says that the law itself changed, so only the new text is read.
    held = catalogue.expressions_of([f"{samples.LAW}/art-1"])[f"{samples.LAW}/art-1"]
    assert [e.text for e in held] == [NEW]
    assert catalogue.provision(f"{samples.LAW}/art-3") is None


def test_a_dated_version_leaves_the_former_text_to_the_days_before(catalogue, samples, law, revise):
    unit, gone = f"{samples.LAW}/art-1", f"{samples.LAW}/art-2"
    revise(law({"art-1": OLD, "art-2": "Gone."}), "a")
    revision = revise(law({"art-1": NEW}, DAY), "b")
    assert revision.kept_as_at == DAY

    def text_at(day):
        return {u: e[0].text for u, e in catalogue.expressions_of([unit, gone], day).items()}

    assert text_at(DAY - dt.timedelta(1)) == {unit: OLD, gone: "Gone."}
    assert text_at(DAY) == {unit: NEW}
    closed = {p.text: p.valid_to for p in catalogue.iterate_passages()}
    assert closed == {OLD: DAY, "Gone.": DAY, NEW: None}
    # The same file read again changes nothing of that, nor does a third version.
    assert revise(law({"art-1": NEW}, DAY), "b").changes == ()
    assert text_at(DAY - dt.timedelta(1)) == {unit: OLD, gone: "Gone."}
    later = dt.date(2100, 1, 1)
    revise(law({"art-1": "Whoever moors is fined 90."}, later), "c")
    assert text_at(DAY - dt.timedelta(1)) == {unit: OLD, gone: "Gone."}
    assert text_at(DAY) == {unit: NEW}
    assert text_at(later) == {unit: "Whoever moors is fined 90."}
    assert len(catalogue.versions_of(samples.LAW)) == 2


def test_of_masked_persons_no_former_text_stays(catalogue, samples, revise):
    before = samples.matter()
    after = replace(
        before, expressions=tuple(replace(e, text="Masked better.") for e in before.expressions)
    )
    revise(before, "a", keeps_texts=False)
    revision = revise(after, "b", keeps_texts=False)
    assert [c.kind for c in revision.changes] == [ChangeKind.CHANGED] * 2
    [version] = catalogue.versions_of(samples.LAW)  # the record's work, as the test names it
    assert version.texts == ()
    assert {(c.before, c.after) for c in version.changes} == {(None, None)}


def test_withdrawing_takes_history_passages_and_vectors(catalogue, samples, law, revise):
    import numpy as np

    revise(law({"art-1": OLD}), "a")
    revise(law({"art-1": NEW}, DAY), "b")
    hashes = {content_hash for _, content_hash in catalogue.passage_hashes()}
    catalogue.put_embeddings("test/e", {h: np.ones(4, np.float32) for h in hashes})
    assert catalogue.withdraw(catalogue.find_file("in/law.txt").id)
    assert catalogue.versions_of(samples.LAW) == []
    assert catalogue.passage_hashes() == []
    assert catalogue.missing_embeddings(hashes, "test/e") == hashes


def test_a_moved_file_keeps_what_it_gave(catalogue, samples, law, revise):
    revise(law({"art-1": OLD}), "a")
    held = catalogue.find_file("in/law.txt")
    catalogue.move_file(held.id, "in/renamed.txt", "renamed.txt")
    assert catalogue.find_file("in/law.txt") is None
    assert catalogue.find_file("in/renamed.txt").passages == 1


def test_an_earlier_version_is_not_shown_beside_the_one_in_its_place():
    from search.hits import _in_display_order

    def passage(n, authority, valid_to):
        place = ("xx-law-1-1/art-1", "xx-law-1-1/art-1", "xx-law-1-1", "statute", Language.EN)
        texts = (authority, 0, 1, "t", "t", "h")
        return Passage(str(n), "e", *place, *texts, valid_to=valid_to, role=Role.TEXT)

    old, new = passage(1, OFFICIAL, DAY), passage(2, OFFICIAL, None)
    digest = passage(3, Authority.DIGEST, DAY)
    assert _in_display_order([old, new, digest], Language.EN) == (new, digest)
    assert _in_display_order([old], Language.EN) == (old,)
