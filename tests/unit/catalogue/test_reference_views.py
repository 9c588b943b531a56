"""Concepts, figures and coverage, as read from a catalogue."""

from dataclasses import replace

import pytest

from search.coverage import coverage
from search.errors import BadIdentifier, NotHeld
from search.glossary import concept_view
from search.model import Bilingual, Concept, Contribution
from search.statistics import statistics


@pytest.fixture
def held(catalogue, samples):
    """A law that lacks its second article, a training matter, and three concepts."""
    law = samples.law(("art-1", "art-3", "art-3-bis"))
    first, *rest = law.editorials
    law = replace(law, editorials=(replace(first, concepts=("mooring",)), *rest))
    matter = samples.matter()
    matter = replace(matter, judgment=replace(matter.judgment, concepts=("mooring",)))
    label = Bilingual(en="x")
    thesaurus = Contribution(
        concepts=(
            Concept("berth", label, "act", broader=("mooring",), close=("unknown",)),
            Concept("mooring", label, "act", broader=("anchoring",)),
            Concept("anchoring", label, "act", close=("mooring",)),
        )
    )
    for path, part in (("law.yaml", law), ("matter.yaml", matter), ("concepts.yaml", thesaurus)):
        catalogue.replace_file(samples.bundled(path), part, samples.passages(part))
    return catalogue


def ids(references):
    return [reference.id for reference in references]


def test_a_concept_knows_its_neighbours_both_ways(held, samples):
    view = concept_view(held, "mooring")
    assert (ids(view.broader), ids(view.narrower)) == (["anchoring"], ["berth"])
    assert ids(view.close) == ["anchoring"]
    assert ids(view.provisions) == [f"{samples.LAW}/art-1"]
    assert (ids(view.matters), ids(view.training)) == ([], [samples.MATTER])


def test_a_link_to_no_concept_is_left_out(held):
    view = concept_view(held, "berth")
    assert (view.close, view.narrower, view.provisions, view.training) == ((), (), (), ())


@pytest.mark.parametrize("bad", ["", "Bad", "a b", "../x", "x" * 201, "a--b", "سخرة"])
def test_what_is_no_id_is_refused(held, bad):
    with pytest.raises(BadIdentifier):
        concept_view(held, bad)


def test_a_concept_that_is_not_held_is_told(held):
    with pytest.raises(NotHeld, match="no concept sailing"):
        concept_view(held, "sailing")


def test_numbers_missing_before_the_last_article_are_known(held):
    (law,) = coverage(held)
    assert (law.articles, law.last, law.missing) == (3, 3, (2,))


def test_no_figure_is_shown_without_its_provision(held):
    figures = statistics(held)
    assert (figures.published, figures.checks, figures.notes) == ((), (), ())
    assert (figures.collected.matters.total, figures.collected.training) == (0, 1)
