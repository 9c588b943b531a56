"""What a file contributes, and what remains when it is replaced, withdrawn or refused."""

from dataclasses import replace

import pytest

from search.catalogue import FileStatus, Outcome
from search.errors import Unreadable
from search.model import Authority, Bilingual, Contribution, Kind

OFFICIAL = Authority.OFFICIAL


@pytest.fixture
def add(catalogue, samples):
    def write(file, contribution):
        return catalogue.replace_file(file, contribution, samples.passages(contribution))

    return write


def test_a_new_file_is_added_and_recorded(catalogue, samples, add):
    file = samples.bundled(work=samples.LAW, authority=Authority.DIGEST, reasons=("sidecar",))
    assert add(file, samples.law()) is Outcome.ADDED
    held = catalogue.find_file(file.path)
    assert held is not None
    assert held.ingested_at.endswith("+00:00")
    expected = replace(file, provisions=2, passages=2, id=held.id, ingested_at=held.ingested_at)
    assert held == expected
    assert catalogue.files() == [held]


def test_replacing_keeps_the_file_and_drops_what_it_no_longer_says(catalogue, samples, add):
    file = samples.bundled()
    add(file, samples.law(("art-1", "art-2", "art-3")))
    first = catalogue.find_file(file.path)
    assert add(file, samples.law(("art-1", "art-3"))) is Outcome.UPDATED
    again = catalogue.find_file(file.path)
    assert (first.id, again.id, again.provisions) == (again.id, again.id, 2)
    assert [p.id[-5:] for p in catalogue.provisions_of(samples.LAW)] == ["art-1", "art-3"]
    assert [p.position for p in catalogue.provisions_of(samples.LAW)] == [0, 1]
    assert catalogue.provision(f"{samples.LAW}/art-2") is None
    assert catalogue.counts().passages == 2


def test_withdrawing_the_only_file_leaves_nothing(catalogue, samples, add):
    file = samples.bundled()
    add(file, samples.law(refers_to=("kw-law-2098-1/art-1",)))
    assert catalogue.withdraw(catalogue.find_file(file.path).id)
    counts = catalogue.counts()
    assert (counts.instruments, counts.provisions, counts.expressions, counts.passages) == (0,) * 4
    assert catalogue.files() == []
    assert catalogue.editorials([f"{samples.LAW}/art-1"]) == {}
    assert catalogue.references_to("kw-law-2098-1/art-1") == []


def test_withdrawing_what_is_not_there_says_so(catalogue):
    assert not catalogue.withdraw(41)
    assert catalogue.revision() == 0


@pytest.mark.parametrize("official_first", [True, False])
def test_bundled_facts_lead_whatever_came_first(catalogue, samples, add, official_first):
    files = [
        (samples.bundled(), samples.law(title="Law on Harbours")),
        (samples.file("in/law.pdf"), samples.law(authority=OFFICIAL, title="LAW NO 7")),
    ]
    for file, contribution in reversed(files) if official_first else files:
        add(file, contribution)
    assert catalogue.instrument(samples.LAW).title == Bilingual(en="Law on Harbours")
    assert catalogue.counts().provisions == 2
    texts = catalogue.expressions_of([f"{samples.LAW}/art-1"])[f"{samples.LAW}/art-1"]
    assert {e.authority for e in texts} == {Authority.DIGEST, OFFICIAL}


def test_withdrawing_the_digest_leaves_the_official_text(catalogue, samples, add):
    digest = samples.bundled()
    add(digest, samples.law(title="Law on Harbours"))
    add(samples.file("in/law.pdf"), samples.law(authority=OFFICIAL, title="LAW NO 7"))
    catalogue.withdraw(catalogue.find_file(digest.path).id)
    assert catalogue.instrument(samples.LAW).title == Bilingual(en="LAW NO 7")
    assert len(catalogue.provisions_of(samples.LAW)) == 2
    assert catalogue.editorials([f"{samples.LAW}/art-1"]) == {}
    assert [
        e.authority
        for e in catalogue.expressions_of([f"{samples.LAW}/art-1"])[f"{samples.LAW}/art-1"]
    ] == [OFFICIAL]


def test_withdrawing_the_official_text_leaves_the_digest(catalogue, samples, add):
    add(samples.bundled(), samples.law())
    official = samples.file("in/law.pdf")
    add(official, samples.law(("art-1", "art-2", "art-3"), OFFICIAL))
    assert len(catalogue.provisions_of(samples.LAW)) == 3
    catalogue.withdraw(catalogue.find_file(official.path).id)
    assert len(catalogue.provisions_of(samples.LAW)) == 2
    assert len(catalogue.editorials([f"{samples.LAW}/art-1"])) == 1


def test_the_fuller_text_fills_the_gaps_of_the_digest_in_its_own_order(catalogue, samples, add):
    add(samples.bundled(), samples.law(("art-1", "art-3")))
    segments = ("preamble", "art-1", "art-2", "art-2-bis", "art-3", "art-4")
    add(samples.file("in/law.pdf"), samples.law(segments, OFFICIAL))
    held = catalogue.provisions_of(samples.LAW)
    assert [p.id.partition("/")[2] for p in held] == list(segments)
    assert [p.position for p in held] == list(range(6))
    before, after = catalogue.neighbours(held[2])
    assert (before, after) == (held[1], held[3])
    assert catalogue.neighbours(held[0])[0] is None
    assert catalogue.neighbours(held[5])[1] is None


def test_a_confirmed_file_leads_before_one_that_is_merely_recognised(catalogue, samples, add):
    guess = samples.file("a.pdf", confirmed=False)
    add(guess, samples.law(("art-1", "art-2", "art-3"), OFFICIAL, title="guessed"))
    translation = samples.law(authority=Authority.TRANSLATION, title="confirmed")
    add(samples.file("b.pdf"), translation)
    assert catalogue.instrument(samples.LAW).title == Bilingual(en="confirmed")


def test_two_files_may_add_different_articles_of_one_law(catalogue, samples, add):
    add(samples.bundled("instruments/a.yaml"), samples.law(("art-1", "art-2", "art-3")))
    later = samples.law(("art-4", "art-5"))
    shifted = tuple(replace(p, position=p.position + 3) for p in later.provisions)
    add(samples.bundled("instruments/b.yaml"), replace(later, provisions=shifted))
    held = [p.id.partition("-7/")[2] for p in catalogue.provisions_of(samples.LAW)]
    assert held == ["art-1", "art-2", "art-3", "art-4", "art-5"]


def test_the_revision_rises_exactly_when_passages_change(catalogue, samples, add):
    file, law = samples.bundled(), samples.law()
    seen = [catalogue.revision()]

    def after(change):
        change()
        seen.append(catalogue.revision())

    after(lambda: add(file, law))  # 1: new passages
    after(lambda: add(file, law))  # the same once more
    renamed = replace(law, instrument=replace(law.instrument, number="8"))
    after(lambda: add(file, renamed))  # metadata only
    after(lambda: add(file, samples.law(text="Whoever moors twice is fined twice.")))  # 2: texts
    repealed = tuple(replace(e, repealed=True) for e in law.expressions)
    after(lambda: add(file, replace(law, expressions=repealed)))  # 3: texts and their standing
    after(lambda: add(samples.bundled("concepts.yaml"), samples.concepts("deceit")))
    after(lambda: catalogue.quarantine(samples.file("x.pdf"), ["a scan"]))
    after(lambda: catalogue.withdraw(catalogue.find_file("concepts.yaml").id))
    after(lambda: catalogue.withdraw(catalogue.find_file(file.path).id))  # 4
    assert seen == [0, 1, 1, 1, 2, 3, 3, 3, 3, 4]


def test_a_change_of_standing_alone_raises_the_revision(catalogue, samples):
    file, law = samples.bundled(), samples.law()
    passages = samples.passages(law)
    catalogue.replace_file(file, law, passages)
    before = catalogue.fingerprint()
    catalogue.replace_file(file, law, [replace(p, repealed=True) for p in passages])
    assert (catalogue.revision(), catalogue.fingerprint()) == (2, before)
    assert all(p.repealed for p in catalogue.iterate_passages())


def test_a_refused_file_is_recorded_until_it_is_accepted(catalogue, samples, add):
    scan = samples.file("in/law.pdf", "scan")
    catalogue.quarantine(scan, ["no text layer", "42 pages"])
    catalogue.quarantine(scan, ["no text layer"])
    held = catalogue.find_file("in/law.pdf")
    assert (held.status, held.reasons) == (FileStatus.QUARANTINED, ("no text layer",))
    assert (catalogue.counts().files, catalogue.counts().quarantined) == (0, 1)
    add(samples.file("in/law.pdf", "text"), samples.law(authority=OFFICIAL))
    assert [f.status for f in catalogue.files()] == [FileStatus.ADDED]


def test_a_bad_new_version_does_not_take_away_the_sound_one(catalogue, samples, add):
    add(samples.file("in/law.pdf", "sound"), samples.law(authority=OFFICIAL))
    catalogue.quarantine(samples.file("in/law.pdf", "broken"), ["truncated"])
    assert catalogue.counts().passages == 2
    assert catalogue.find_file("in/law.pdf").sha256 == samples.file("", "sound").sha256
    statuses = [f.status for f in catalogue.files()]
    assert statuses == [FileStatus.ADDED, FileStatus.QUARANTINED]
    catalogue.withdraw(catalogue.files()[1].id)
    assert catalogue.counts().passages == 2


def test_the_same_content_is_found_among_files_held(catalogue, samples, add):
    catalogue.quarantine(samples.file("bad.pdf", "content"), ["refused"])
    assert catalogue.find_same_content(samples.file("", "content").sha256) is None
    add(samples.file("good.pdf", "content"), samples.law(authority=OFFICIAL))
    assert catalogue.find_same_content(samples.file("", "content").sha256).path == "good.pdf"


def test_a_second_file_with_the_same_text_is_refused_by_name(catalogue, samples, add):
    law = samples.law(authority=OFFICIAL)
    add(samples.file("in/first.pdf"), law)
    assert catalogue.conflict(law, "in/first.pdf") is None
    assert catalogue.conflict(law, "in/second.pdf") == "first.pdf"
    with pytest.raises(Unreadable, match=r"first\.pdf") as caught:
        add(samples.file("in/second.pdf"), law)
    assert caught.value.reason == "conflict"
    assert len(catalogue.files()) == 1


def test_an_error_in_the_middle_leaves_everything_as_it_was(catalogue, samples, add):
    file = samples.bundled()
    add(file, samples.law())
    before = (catalogue.files(), catalogue.provisions_of(samples.LAW), catalogue.fingerprint())
    changed = samples.law(("art-1", "art-9"), text="Another text altogether.")
    passages = samples.passages(changed)
    with pytest.raises(ValueError, match="same id"):
        catalogue.replace_file(file, changed, [*passages, passages[0]])
    after = (catalogue.files(), catalogue.provisions_of(samples.LAW), catalogue.fingerprint())
    assert after == before
    assert catalogue.revision() == 1


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_characters_that_are_no_text_are_refused(catalogue, samples, add, character):
    with pytest.raises(Unreadable) as caught:
        add(samples.file("in/a.txt"), samples.law(text=f"Whoever{character} moors"))
    assert caught.value.reason == "characters"
    assert catalogue.files() == []


def test_metadata_that_cannot_be_stored_is_refused(catalogue, samples):
    law = samples.law()
    odd = replace(law, instrument=replace(law.instrument, number="1\ud800"))
    with pytest.raises(Unreadable, match=r"a\.txt holds a value"):
        catalogue.replace_file(samples.file("in/a.txt"), odd, [])
    assert catalogue.files() == []


def test_a_path_that_is_no_utf8_is_found_again(catalogue, samples):
    path = b"in/\xe3law.pdf".decode("utf-8", "surrogateescape")
    catalogue.quarantine(samples.file(path, "content"), ["no text"])
    assert catalogue.find_file(path).status is FileStatus.QUARANTINED


def test_the_register_is_replaced_and_names_what_is_not_held(catalogue, samples, add):
    law = samples.law().instrument
    known = replace(law, title=Bilingual(en="Seven"), aliases=("the harbour law",))
    other = replace(known, id="kw-law-2098-1", kind=Kind.OTHER, number=None, year=None)
    catalogue.save_register([known, other])
    assert catalogue.register() == {known.id: known, other.id: other}
    add(samples.bundled(), samples.law(title="Law on Harbours"))
    names = catalogue.citation_names()
    assert [w.id for w in names] == [other.id, law.id]
    assert (names[1].title.en, names[1].aliases) == ("Law on Harbours", ("the harbour law",))
    catalogue.save_register([])
    assert catalogue.register() == {}


def test_the_edition_is_kept(catalogue):
    assert catalogue.edition() is None
    catalogue.save_edition("2099-1")
    assert catalogue.edition() == "2099-1"


def test_an_empty_contribution_is_a_file_like_any_other(catalogue, samples):
    assert catalogue.replace_file(samples.file("a"), Contribution(), []) is Outcome.ADDED
    assert catalogue.counts().files == 1
