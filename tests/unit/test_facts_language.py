"""Facts in little English are read; other languages in Latin letters are refused."""

from __future__ import annotations

import pytest

from search.distinction.limits import check_facts
from search.errors import BadRequest
from search.model import Language


def test_english_without_its_grammar_is_read() -> None:
    facts = (
        "I from Cameroon. Office bring me work house, I cook. I fear big mama tomorrow take "
        "passport, I fear she sell me second house, maybe door become lock. I want talk embassy."
    )
    assert check_facts(facts) is Language.EN


@pytest.mark.parametrize(
    "facts",
    [
        "Der Arbeitgeber hat ihren Reisepass genommen und sie seit Monaten nicht bezahlt und "
        "in der Wohnung eingesperrt",
        "Le patron a pris mon passeport et il ne me paie pas depuis six mois dans la maison",
        "Ang amo ko kinuha ang passport ko at hindi ako binabayaran ng anim na buwan sa bahay nila",
    ],
)
def test_other_languages_are_refused(facts: str) -> None:
    with pytest.raises(BadRequest, match="do not read as Arabic or English"):
        check_facts(facts)
