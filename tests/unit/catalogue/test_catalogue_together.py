"""Several steps as one transaction, and bundled texts that change from edition to edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from search.catalogue import open_catalogue
from search.errors import Unreadable
from search.model import Authority
from search.versions import ChangeKind


class Stopped(BaseException):
    """As good as a kill: nothing catches it on the way."""


def store(catalogue, samples, contribution, path="instruments/law.yaml", content="", **more):
    file = samples.bundled(path, content=content, **more)
    return catalogue.revise_file(file, contribution, samples.passages(contribution))


def test_others_see_nothing_before_the_end_and_all_after_it(catalogue, samples, url):
    beside = open_catalogue(url)
    with catalogue.together():
        store(catalogue, samples, samples.law())
        store(catalogue, samples, samples.matter(), "matters/m.yaml")
        catalogue.save_edition("second")
        assert catalogue.counts().passages == 4
        assert (beside.counts().passages, beside.edition()) == (0, None)
    assert (beside.counts().passages, beside.edition()) == (4, "second")
    beside.close()


def test_what_leaves_the_block_takes_back_every_step(catalogue, samples):
    store(catalogue, samples, samples.law())
    before = (catalogue.fingerprint(), catalogue.revision(), catalogue.files())
    with pytest.raises(Stopped), catalogue.together():
        catalogue.withdraw(catalogue.find_file("instruments/law.yaml").id)
        store(catalogue, samples, samples.matter(), "matters/m.yaml")
        raise Stopped
    assert (catalogue.fingerprint(), catalogue.revision(), catalogue.files()) == before


def test_a_step_that_is_refused_is_taken_back_alone(catalogue, samples):
    with catalogue.together():
        store(catalogue, samples, samples.law())
        with pytest.raises(Unreadable, match="already"):
            store(catalogue, samples, samples.law(), "instruments/same.yaml", "other")
        catalogue.quarantine(samples.bundled("instruments/same.yaml"), ("conflict", "said so"))
    assert [(f.path, f.status) for f in catalogue.files()] == [
        ("instruments/law.yaml", "added"),
        ("instruments/same.yaml", "quarantined"),
    ]
    assert catalogue.counts().passages == 2


def test_blocks_may_stand_within_one_another(catalogue, samples):
    with pytest.raises(Stopped), catalogue.together():
        with catalogue.together():
            store(catalogue, samples, samples.law())
        assert catalogue.counts().passages == 2
        raise Stopped
    assert catalogue.counts().passages == 0


def test_a_bundled_text_that_changed_has_a_history_and_nothing_is_guessed(catalogue, samples):
    """Its first day was set right: the former text did not therefore apply before that day."""
    store(catalogue, samples, samples.law(("art-1",), text="Moors."), content="a", work=samples.LAW)
    later = samples.law(("art-1",), text="Moors or anchors.")
    day = dt.date(2099, 1, 1)
    later = replace(later, expressions=tuple(replace(e, valid_from=day) for e in later.expressions))
    revision = store(catalogue, samples, later, content="b", work=samples.LAW)
    assert revision.kept_as_at is None
    assert [(c.unit[-5:], c.kind) for c in revision.changes] == [("art-1", ChangeKind.CHANGED)]
    version = catalogue.versions_of(samples.LAW)[0]
    assert [text.text for text in version.texts] == ["Moors."]
    assert catalogue.counts().passages == 1


def test_an_ended_law_of_the_bundle_is_compared_too(catalogue, samples):
    ended = dt.date(2099, 2, 1)

    def law(text):
        made = samples.law(("art-1",), Authority.DIGEST, text=text)
        return replace(
            made, expressions=tuple(replace(e, valid_to=ended) for e in made.expressions)
        )

    store(catalogue, samples, law("Moors."), content="a", work=samples.LAW)
    revision = store(catalogue, samples, law("Anchors."), content="b", work=samples.LAW)
    assert [(c.kind, c.before, c.after) for c in revision.changes] == [
        (ChangeKind.CHANGED, "Moors.", "Anchors.")
    ]
