"""Which forms of English words meet on one term, and which words must not."""

import pytest

from search.text.english import is_stop_word, stem

JOINED = [
    ("trafficking", "traffickers trafficked trafficker"),  # the act and who does it
    ("person", "persons person's"),  # plural, possessive
    ("victim", "victims victim's victims'"),  # both possessives
    ("child", "children children's"),  # irregular plural
    ("woman", "women women's"),  # likewise
    ("penalty", "penalties"),  # y and ies
    ("punish", "punishable punished punishment"),  # of the penalty clause
    ("harbour", "harbor harbouring harboring harboured"),  # British and American
    ("labour", "labor labourers laborers"),  # likewise
    ("organisation", "organization organised organized"),  # likewise
    ("criminalise", "criminalize criminalised criminalization"),  # likewise
    ("offence", "offense offences offenses"),  # likewise
    ("licence", "license licences"),  # likewise
    ("judgement", "judgment judgments"),  # likewise
    ("slavery", "slave slaves"),  # the state and who suffers it
    ("registration", "register registered"),  # Snowball keeps them apart
    ("coercion", "coerce coerced coercive"),  # likewise
    ("exploitation", "exploit exploited exploits"),  # purpose of trafficking
]

APART = [
    ("organ", "organization"),  # removal of organs, organized crime
    ("person", "personal"),  # persons, personal data
    ("person", "personnel"),  # persons, staff
    ("minor", "minority"),  # a child, a minority
    ("nation", "nationality"),  # nation, nationality
    ("public", "publication"),  # public, publication
    ("import", "important"),  # importation, importance
    ("trafficking", "traffic"),  # persons, roads
    ("employ", "deploy"),  # nothing in common
    ("convict", "convention"),  # sentence, treaty
]


@pytest.mark.parametrize(
    ("word", "form"), [(word, form) for word, forms in JOINED for form in forms.split()]
)
def test_forms_of_one_word_meet(word: str, form: str) -> None:
    assert stem(form) == stem(word)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_negations_are_searchable() -> None:
    assert is_stop_word("the")
    assert not any(map(is_stop_word, ("no", "not", "without", "before", "after")))
