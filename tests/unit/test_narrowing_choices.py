"""What a list can be narrowed by: in order, with addresses that keep the other choices."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from search.facets import TRAITS
from search.model import Bilingual, Language
from web.narrowing import Choice, choice_text, trait_choices

NONE = dict.fromkeys(TRAITS, "")
LABELS = {"offence": {"theft": Bilingual("السرقة", "Theft"), "fraud": Bilingual(en="Fraud")}}
COUNTS = {"offence": {"fraud": 2, "theft": 5}, "year": {"2019": 9, "2021": 1, "2020": 4}}
TOLD = {"theft": Bilingual(en="Taking what is another’s."), "2019": Bilingual(en="No concept.")}


def offered(**chosen: str) -> dict[str, list[Choice]]:
    return trait_choices("/en/matters", {**NONE, **chosen}, COUNTS, LABELS, TOLD)


def parameters(choice: Choice) -> dict[str, list[str]]:
    address = urlsplit(choice.url)
    assert address.path == "/en/matters"
    return parse_qs(address.query)


def test_every_trait_is_there_and_the_most_frequent_first() -> None:
    made = offered()
    assert tuple(made) == TRAITS
    assert [(c.value, c.count) for c in made["offence"]] == [("theft", 5), ("fraud", 2)]
    assert made["court"] == []


def test_years_run_from_the_last() -> None:
    assert [choice.value for choice in offered()["year"]] == ["2021", "2020", "2019"]


def test_only_concepts_are_defined() -> None:
    made = offered()
    assert [choice.told for choice in made["offence"]] == [TOLD["theft"], None]
    assert all(choice.told is None for choice in made["year"])


def test_a_choice_adds_itself_and_keeps_the_others() -> None:
    theft = offered(year="2020")["offence"][0]
    assert parameters(theft) == {"year": ["2020"], "offence": ["theft"]}
    assert not theft.active


def test_a_choice_made_is_taken_back_by_its_own_address() -> None:
    made = offered(offence="theft", year="2020")
    chosen = next(choice for choice in made["offence"] if choice.active)
    assert chosen.value == "theft"
    assert parameters(chosen) == {"year": ["2020"]}
    # Another value takes the place of the one chosen.
    other = next(choice for choice in made["offence"] if not choice.active)
    assert parameters(other) == {"year": ["2020"], "offence": ["fraud"]}


def test_a_choice_that_keeps_nothing_can_be_taken_back_too() -> None:
    made = offered(court="no such court & more")["court"]
    assert [(choice.value, choice.count, choice.active) for choice in made] == [
        ("no such court & more", 0, True)
    ]
    assert parameters(made[0]) == {}


@pytest.mark.parametrize(
    ("name", "value", "title", "language", "text"),
    [
        ("offence", "theft", Bilingual("السرقة", "Theft"), Language.AR, "السرقة"),
        ("offence", "fraud", Bilingual(en="Fraud"), Language.AR, "Fraud"),
        (
            "instrument",
            "x",
            Bilingual("قانون 7\u202e لسنة 2099", "x"),
            Language.AR,
            "قانون ٧ لسنة ٢٠٩٩",
        ),
        ("year", "2021", None, Language.AR, "٢٠٢١"),
        ("year", "2021", None, Language.EN, "2021"),
        ("authority", "digest", None, Language.EN, "Our digest"),
        ("outcome", "acquitted", None, Language.AR, "براءة"),
        ("outcome", "not-known-here", None, Language.EN, "not known here"),
        ("court", "some-court", None, Language.EN, "some-court"),
    ],
)
def test_a_value_is_called_by_plain_words(
    name: str, value: str, title: Bilingual | None, language: Language, text: str
) -> None:
    assert choice_text(name, Choice(value, title, 1, "", False), language) == text
