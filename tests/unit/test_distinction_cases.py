"""The format of marked cases and phrases; the sets themselves; the measures."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from eval.distinction.cases import Case, Marked, parse_marks, read_cases
from eval.distinction.measure import Answer, families, measure
from eval.distinction.phrases import read_phrases
from search.distinction.signals import Polarity
from search.errors import BadRequest
from search.model import Language

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "eval" / "sets" / "distinction"
FAMILIES = families(ROOT / "corpus")
SIGNALS = FAMILIES.keys()


def test_marks_are_taken_out_and_their_words_stay_in_place() -> None:
    text, marks = parse_marks(
        "He {employed,-debt: worked for them} and {?vague: perhaps} left.", SIGNALS
    )
    assert text == "He worked for them and perhaps left."
    assert [(text[m.start : m.end], m.signal, m.polarity) for m in marks] == [
        ("worked for them", "employed", Polarity.STATED),
        ("worked for them", "debt", Polarity.DENIED),
        ("perhaps", "vague", Polarity.OPEN),
    ]


@pytest.mark.parametrize("text", ["{nonsense: words}", "{employed: words", "words}"])
def test_faulty_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"signal|closed"):
        parse_marks(text, SIGNALS)


def test_unknown_label_is_refused_naming_file_and_case(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {id: c1, label: guilty, ar: نص, en: text}", "utf-8")
    with pytest.raises(BadRequest, match=r"a\.yaml: c1"):
        read_cases(tmp_path, SIGNALS)


def test_training_set_reads_and_pairs_have_two_members_with_different_labels() -> None:
    cases = [*read_cases(SETS / "train", SIGNALS), *read_cases(SETS / "later", SIGNALS)]
    labels: dict[str, set[str]] = defaultdict(set)
    members: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        if case.pair:
            labels[case.pair].add(case.label)
            members[case.pair].add(case.id)
    assert len(cases) >= 700
    assert {name: ids for name, ids in members.items() if len(ids) != 2} == {}
    assert [name for name, both in labels.items() if len(both) != 2] == []


def test_members_of_a_pair_and_both_languages_have_one_writer() -> None:
    # Training holds out whole writers: what belongs together must not lie on both sides.
    writers: dict[str, set[str]] = defaultdict(set)
    for case in read_cases(SETS / "train", SIGNALS):
        writers[case.group].add(case.id.split("-")[1])
    assert {group: seen for group, seen in writers.items() if len(seen) != 1} == {}


def test_no_case_of_the_test_set_is_trained_on() -> None:
    trained = {case.text for case in read_cases(SETS / "train", SIGNALS)}
    assert not trained & {case.text for case in read_cases(SETS / "test", SIGNALS)}


def test_phrases_read() -> None:
    assert len(read_phrases(SETS / "phrases", SIGNALS)) >= 1200


def answer(label: str, said: str, name: str, pair: str | None, language: Language) -> Answer:
    marks = (Marked(0, 4, "debt", Polarity.STATED), Marked(5, 9, "debt", Polarity.DENIED))
    case = Case(name, pair or name, pair, label, "", language, "debt debt", marks)
    return Answer(case, said, 0.8, {"means": [(2, 6)]}, 10.0)


def test_measures_by_hand() -> None:
    ar, en = Language.AR, Language.EN
    report = measure(
        [
            answer("trafficking", "trafficking", "a", "p", ar),
            answer("insufficient", "trafficking", "b", "p", ar),
            answer("trafficking", "trafficking", "a", "p", en),
            answer("insufficient", "insufficient", "b", "p", en),
        ],
        FAMILIES,
    )
    assert report.accuracy == 0.75
    assert report.trafficking_precision == pytest.approx(2 / 3)
    assert report.trafficking_recall == 1
    assert report.pairs == 0.5
    assert report.twins == 0.5
    assert (report.arabic, report.english) == (0.5, 1)
    assert report.insufficient_as_trafficking == 1
    assert report.evidence_f1["means"] == pytest.approx(1)
    assert report.confusions == {"insufficient → trafficking": 1}
