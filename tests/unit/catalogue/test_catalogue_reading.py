"""What the catalogue answers, equal on both engines."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from search.fingerprint import fingerprint_of
from search.model import (
    Authority,
    Bilingual,
    Charge,
    Filters,
    Kind,
    Language,
    Scope,
    Treatment,
    TreatmentKind,
)


@pytest.fixture
def held(catalogue, samples):
    """A law of two articles and a matter."""
    for path, contribution in (("law.yaml", samples.law()), ("matter.yaml", samples.matter())):
        catalogue.replace_file(samples.bundled(path), contribution, samples.passages(contribution))
    return catalogue


def test_instruments_are_listed_with_what_is_held(held, samples):
    (law,) = held.instruments()
    assert (law.id, law.kind, law.units, law.passages) == (samples.LAW, Kind.STATUTE, 2, 2)
    assert law.authorities == (Authority.DIGEST,)


def test_judgments_are_listed_with_level_and_first_outcome(held, samples):
    matter = samples.matter()
    charges = (Charge("theft", "acquitted"), Charge("fraud", "convicted"))
    changed = replace(matter, judgment=replace(matter.judgment, charges=charges))
    held.replace_file(samples.bundled("matter.yaml"), changed, samples.passages(changed))
    (listed,) = held.judgments()
    assert (listed.kind, listed.level, listed.outcome) == (Kind.JUDGMENT, "appeal", "acquitted")
    assert (listed.date, listed.year, listed.units, listed.passages) == ("2099-03", 2099, 2, 2)


def test_nothing_found_is_an_answer(catalogue):
    assert catalogue.instrument("kw-law-2000-1") is None
    assert catalogue.judgment("kw-law-2000-1") is None
    assert catalogue.expressions(["kw-law-2000-1/art-1@ar.digest"]) == {}
    assert catalogue.passages(["nothing"]) == {}
    assert catalogue.passages([]) == {}
    assert catalogue.provisions_of("kw-law-2000-1") == []
    assert catalogue.concepts() == {}
    assert catalogue.fingerprint() == fingerprint_of([])


def test_sections_come_in_order(held, samples):
    assert [s.id.rpartition("/")[2] for s in held.sections_of(samples.MATTER)] == ["facts", "note"]


def test_a_text_is_shown_only_while_in_force(catalogue, samples):
    unit = f"{samples.LAW}/art-1"
    day = dt.date(2099, 1, 1)
    law = samples.law(("art-1",))
    old, new = (
        replace(law.expressions[0], id=f"{unit}@en.digest.{n}", valid_from=a, valid_to=b)
        for n, a, b in ((1, None, day), (2, day, None))
    )
    law = replace(law, expressions=(old, new))
    catalogue.replace_file(samples.bundled(), law, samples.passages(law))
    assert catalogue.expressions_of([unit]) == {unit: [old, new]}
    assert catalogue.expressions_of([unit], day - dt.timedelta(days=1)) == {unit: [old]}
    assert catalogue.expressions_of([unit], day) == {unit: [new]}
    assert catalogue.matches(unit, Filters(as_at=day))
    assert catalogue.expressions([new.id]) == {new.id: new}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), True),
        (Filters(kind=Kind.STATUTE, language=Language.EN), True),
        (Filters(kind=Kind.TREATY), False),
        (Filters(language=Language.AR), False),
        (Filters(authority=Authority.OFFICIAL), False),
        (Filters(work="kw-law-2098-1"), False),
        (Filters(as_at=dt.date(1999, 1, 1)), True),  # valid since ever
    ],
)
def test_a_group_matches_filters_by_its_passages(held, samples, filters, expected):
    assert held.matches(f"{samples.LAW}/art-1", filters) is expected


def test_treatments_come_oldest_first_and_once(catalogue, samples):
    unit = f"{samples.LAW}/art-1"
    by = Bilingual(en="A later law")
    first = Treatment(unit, TreatmentKind.AMENDED, Scope.PART, by, date="2100")
    then = Treatment(unit, TreatmentKind.REPEALED, Scope.WHOLE, by, date="2101-02")
    for path, authority in (("a.yaml", Authority.DIGEST), ("b.pdf", Authority.OFFICIAL)):
        law = replace(samples.law(authority=authority), treatments=(then, first))
        catalogue.replace_file(samples.file(path), law, [])
    assert catalogue.treatments_of([unit, f"{samples.LAW}/art-2"]) == {unit: [first, then]}


def test_who_cites_a_provision_a_part_of_it_or_the_work(catalogue, samples):
    target = "kw-law-2098-1"
    cites = samples.law(("art-1",), refers_to=(f"{target}/art-2/par-1", f"{target}/art-20"))
    catalogue.replace_file(samples.bundled("a.yaml"), cites, [])
    catalogue.replace_file(samples.bundled("m.yaml"), samples.matter((target,)), [])
    article = f"{samples.LAW}/art-1"
    assert catalogue.references_to(f"{target}/art-2") == [article]
    assert catalogue.references_to(f"{target}/art-20") == [article]
    assert catalogue.references_to(target) == [samples.MATTER, article]
    assert catalogue.references_to(f"{target}/art-3") == []


def test_a_work_does_not_count_as_citing_itself(catalogue, samples):
    law = samples.law(refers_to=(f"{samples.LAW}/art-2",))
    catalogue.replace_file(samples.bundled(), law, [])
    assert catalogue.references_to(samples.LAW) == []
    assert catalogue.references_to(f"{samples.LAW}/art-2") == [f"{samples.LAW}/art-1"]


def test_a_citation_counts_only_in_the_editorial_that_is_read(catalogue, samples):
    target = "kw-law-2098-1/art-1"
    catalogue.replace_file(samples.bundled(), samples.law(), [])
    mine = replace(samples.law(refers_to=(target,)), expressions=())
    catalogue.replace_file(samples.file("mine.yaml"), mine, [])
    assert catalogue.references_to(target) == []
    catalogue.withdraw(catalogue.find_file(samples.bundled().path).id)
    assert catalogue.references_to(target) == [f"{samples.LAW}/art-1", f"{samples.LAW}/art-2"]


def test_the_thesaurus_whole_and_in_part(catalogue, samples):
    catalogue.replace_file(samples.bundled("c.yaml"), samples.concepts("deceit", "abuse"), [])
    assert list(catalogue.concepts()) == ["abuse", "deceit"]
    assert list(catalogue.concepts(["deceit", "unknown"])) == ["deceit"]


def test_passages_are_streamed_by_id_in_bytes_order(catalogue, samples):
    # A linguistic collation would put "art-1-bis" and "art-10" elsewhere, and ignore the signs.
    segments = ("art-1", "art-10", "art-1-bis", "art-2", "preamble")
    law = samples.law(segments)
    passages = samples.passages(law)
    catalogue.replace_file(samples.bundled(), law, passages)
    streamed = list(catalogue.iterate_passages(batch=2))
    assert streamed == sorted(passages, key=lambda p: p.id)
    assert catalogue.passages([p.id for p in passages]) == {p.id: p for p in passages}
    assert catalogue.passage_hashes() == [(p.id, p.content_hash) for p in streamed]


def test_the_fingerprint_does_not_depend_on_the_order_of_ingest(url, samples, tmp_path):
    from search.catalogue import open_catalogue

    prints = []
    for name, order in (("one", 1), ("two", -1)):
        catalogue = open_catalogue(f"sqlite:///{tmp_path / name}")
        works = [("law", samples.law()), ("matter", samples.matter())][::order]
        for path, contribution in works:
            catalogue.replace_file(
                samples.bundled(path), contribution, samples.passages(contribution)
            )
        prints.append(catalogue.fingerprint())
        catalogue.close()
    assert prints[0] == prints[1]


def test_the_fingerprint_is_that_of_the_passages_and_changes_with_them(catalogue, samples):
    law = samples.law(("art-1", "art-10", "art-2"))
    passages = samples.passages(law)
    catalogue.replace_file(samples.bundled(), law, passages)
    before = catalogue.fingerprint()
    assert before == fingerprint_of((p.id, p.content_hash) for p in reversed(passages))
    catalogue.replace_file(samples.bundled(), law, passages[:2])
    assert catalogue.fingerprint() != before


def test_writing_while_passages_are_streamed_does_not_disturb_the_stream(held, samples):
    stream = held.iterate_passages(batch=1)
    first = next(stream)
    held.put_embeddings("model", {first.content_hash: np.ones(4, np.float32)})
    held.withdraw(held.find_file("law.yaml").id)
    assert len([first, *stream]) == 4
    assert held.counts().passages == 2


def test_counts(held, samples):
    counts = held.counts()
    assert (counts.instruments, counts.provisions, counts.judgments, counts.concepts) == (
        1,
        2,
        1,
        0,
    )
    assert (counts.expressions, counts.passages, counts.files, counts.quarantined) == (4, 4, 2, 0)
    assert counts.passages_by_authority == {"digest": 2, "training": 2}
    assert counts.passages_by_language == {"en": 4}


def test_more_ids_than_one_statement_takes(held, samples):
    ids = [f"{samples.LAW}/art-{n}" for n in range(1, 1300)]
    assert set(held.editorials(ids)) == {f"{samples.LAW}/art-1", f"{samples.LAW}/art-2"}
    assert set(held.expressions_of(ids)) == {f"{samples.LAW}/art-1", f"{samples.LAW}/art-2"}


def test_embeddings_are_kept_by_text_and_embedder(catalogue):
    rows = np.random.default_rng(7).normal(size=(1201, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = {f"{n:064x}": row for n, row in enumerate(rows)}
    catalogue.put_embeddings("a", vectors)
    catalogue.put_embeddings("a", {f"{0:064x}": rows[1]})  # what is there stays
    assert catalogue.missing_embeddings([*vectors, "new"], "a") == {"new"}
    assert catalogue.missing_embeddings(vectors, "b") == set(vectors)
    assert catalogue.get_embeddings(vectors, "b") == {}
    found = catalogue.get_embeddings([*vectors, "new"], "a")
    assert set(found) == set(vectors)
    assert all(vector.dtype == np.float32 for vector in found.values())
    stored = np.stack([found[name] for name in vectors])
    np.testing.assert_allclose(stored, rows, atol=2**-11)


def test_pruning_forgets_only_what_no_passage_uses(held):
    used = held.passage_hashes()[0][1]
    vector = np.ones(4, np.float32) / 2
    held.put_embeddings("a", {used: vector, "gone": vector})
    held.put_embeddings("b", {used: vector})
    assert held.prune_embeddings() == 1
    assert held.missing_embeddings([used, "gone"], "a") == {"gone"}
    assert held.missing_embeddings([used], "b") == set()
