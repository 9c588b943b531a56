"""Similar matters share what is rare; contrary ones ended otherwise on what they share."""

from __future__ import annotations

from search.likeness import SHOWN, Likeness
from search.model import Authority, Bilingual, Charge, Concept, ElementFinding, Judgment

CONCEPTS = {
    name: Concept(name, Bilingual(en=name), "offence")
    for name in ("trafficking", "theft", "rare", "exploitation")
}


def matter(
    identifier: str,
    *charges: tuple[str, str],
    concepts: tuple[str, ...] = (),
    elements: tuple[tuple[str, str], ...] = (),
    authority: Authority = Authority.REPORTED,
) -> Judgment:
    return Judgment(
        id=identifier,
        title=Bilingual(en=identifier),
        court=Bilingual(en="Court"),
        level="first-instance",
        authority=authority,
        jurisdiction="kw",
        charges=tuple(Charge(*charge) for charge in charges),
        concepts=concepts,
        elements=tuple(ElementFinding(*finding) for finding in elements),
    )


def likeness(*matters: Judgment) -> Likeness:
    return Likeness.of(matters, CONCEPTS)


def test_the_rare_weighs_more_than_the_common() -> None:
    found = likeness(
        matter("kw-a", ("trafficking", "convicted"), concepts=("rare",)),
        matter("kw-b", ("trafficking", "convicted"), concepts=("rare",)),
        matter("kw-c", ("trafficking", "convicted"), concepts=("theft",)),
    ).similar("kw-a")
    assert [other.id for other in found] == ["kw-b", "kw-c"]
    assert found[0].likeness == 1
    assert {ref.id for ref in found[0].shared} == {"trafficking", "rare"}


def test_an_acquittal_is_contrary_to_a_conviction_on_the_same_charge() -> None:
    all_of = likeness(
        matter("kw-a", ("trafficking", "convicted")),
        matter("kw-b", ("trafficking", "acquitted")),
        matter("kw-c", ("trafficking", "ongoing")),
    )
    assert [other.id for other in all_of.contrary("kw-a")] == ["kw-b"]
    assert [ref.id for ref in all_of.contrary("kw-a")[0].opposed] == ["trafficking"]
    assert [other.id for other in all_of.similar("kw-a")] == ["kw-c"]


def test_an_element_found_here_and_not_there_is_contrary() -> None:
    all_of = likeness(
        matter("kw-a", elements=(("exploitation", "found"),)),
        matter("kw-b", elements=(("exploitation", "not-found"),)),
        matter("kw-c", elements=(("exploitation", "disputed"),)),
    )
    assert [other.id for other in all_of.contrary("kw-a")] == ["kw-b"]


def test_who_was_both_convicted_and_acquitted_is_contrary_to_none() -> None:
    all_of = likeness(
        matter("kw-a", ("theft", "convicted"), ("theft", "acquitted")),
        matter("kw-b", ("theft", "acquitted")),
    )
    assert all_of.contrary("kw-a") == ()


def test_beside_a_real_matter_fiction_stands_last() -> None:
    fiction = matter("kw-b", ("theft", "ongoing"), authority=Authority.TRAINING)
    real = matter("kw-c", ("theft", "ongoing"), concepts=("rare",))
    all_of = likeness(matter("kw-a", ("theft", "ongoing")), fiction, real)
    assert [other.id for other in all_of.similar("kw-a")] == ["kw-c", "kw-b"]
    assert [other.id for other in all_of.similar("kw-b")] == ["kw-a", "kw-c"]


def test_what_shares_nothing_is_not_shown_and_few_are() -> None:
    many = [matter(f"kw-{n:02}", ("theft", "ongoing")) for n in range(SHOWN + 3)]
    all_of = likeness(*many, matter("kw-x", ("trafficking", "ongoing")))
    assert len(all_of.similar("kw-00")) == SHOWN
    assert all_of.similar("kw-x") == ()
    assert all_of.similar("kw-unknown") == ()
