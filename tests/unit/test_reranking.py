"""The optional cross-encoder: its order, its errors, and that without it nothing changes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from search.errors import BadSetting, EngineUnavailable
from search.fusion import Fused, Group
from search.index.port import Scored
from search.model import Passage
from search.reranking import (
    RERANKER,
    CrossEncoderReranker,
    no_reranker,
    rerank,
    reranker_loader,
)
from search.settings import load_settings

TEXTS = [
    "يعاقب بالحبس كل من اتجر بشخص لغرض الاستغلال.",
    "على صاحب العمل أن يسلم العامل جواز سفره.",
    "The authority shelters victims until they are returned.",
]


class Fake:
    """Scores a text by its number in `wanted`."""

    identity = "fake"

    def __init__(self, first: int, wanted: Mapping[str, float]) -> None:
        self.first = first
        self._wanted = wanted

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        return [self._wanted[text] for text in texts]


def passage(identifier: str) -> Passage:
    made = Passage.__new__(Passage)
    object.__setattr__(made, "text", f"text of {identifier}")
    return made


def group(name: str, score: float, with_text: bool = True) -> Group:
    members = (Fused(f"{name}#1", name, score, {}),) if with_text else ()
    return Group(name, score, members, {"words": Scored(f"{name}#1", name, score, 0)})


def load(ids: Sequence[str]) -> dict[str, Passage]:
    return {identifier: passage(identifier) for identifier in ids}


def test_the_first_results_take_its_order_and_the_places_keep_their_scores() -> None:
    groups = (group("a", 9.0), group("b", 8.0), group("c", 7.0), group("d", 6.0))
    wanted = {"text of a#1": 0.1, "text of b#1": 0.5, "text of c#1": 0.9}
    found = rerank(Fake(3, wanted), "q", groups, load)
    assert [g.id for g in found] == ["c", "b", "a", "d"]
    assert [g.score for g in found] == [9.0, 8.0, 7.0, 6.0]
    assert [g.arms[RERANKER].score for g in found[:3]] == [0.9, 0.5, 0.1]
    assert [g.arms[RERANKER].rank for g in found[:3]] == [0, 1, 2]
    assert RERANKER not in found[3].arms
    assert found[0].arms["words"].passage == "c#1"


def test_a_result_without_a_passage_keeps_its_place() -> None:
    groups = (group("a", 3.0), group("b", 2.0, with_text=False), group("c", 1.0))
    found = rerank(Fake(20, {"text of a#1": 0.0, "text of c#1": 1.0}), "q", groups, load)
    assert [g.id for g in found] == ["c", "b", "a"]
    assert RERANKER not in found[1].arms


def test_equal_scores_keep_the_learned_order() -> None:
    groups = (group("b", 3.0), group("a", 2.0))
    found = rerank(Fake(20, {"text of a#1": 1.0, "text of b#1": 1.0}), "q", groups, load)
    assert [g.id for g in found] == ["b", "a"]


def test_it_is_off_by_default_and_then_changes_nothing() -> None:
    settings = load_settings({})
    assert (settings.reranker, settings.rerank_first) == ("", 20)
    assert reranker_loader(settings.reranker, settings.rerank_first) is no_reranker
    groups = (group("a", 3.0),)
    assert rerank(no_reranker(), "q", groups, load) is groups


@pytest.mark.parametrize("value", ["0", "101", "many"])
def test_how_many_it_reads_is_limited(value: str) -> None:
    with pytest.raises(BadSetting, match="TAMYEEZ_RERANK_FIRST is a number from 1 to 100"):
        load_settings({"TAMYEEZ_RERANK_FIRST": value})


def test_a_folder_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"TAMYEEZ_RERANKER names the folder .*no-such"):
        reranker_loader(str(tmp_path / "no-such"), 20)


def test_a_missing_library_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EngineUnavailable, match="make models"):
        reranker_loader(str(tmp_path), 20)()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder of one layer with random weights."""
    pytest.importorskip("sentence_transformers", reason="needs `make models`")
    from eval.reranker_cost import write_random_model

    folder = tmp_path_factory.mktemp("models") / "tiny"
    write_random_model(folder, TEXTS, layers=1, width=32)
    return folder


def test_a_real_cross_encoder_scores_each_text_and_is_the_same_every_time(tiny: Path) -> None:
    first = reranker_loader(str(tiny), 5)()
    again = CrossEncoderReranker(tiny, 5)
    assert first is not None
    scores = first.scores("passport", TEXTS)
    assert len(scores) == len(TEXTS)
    assert len(set(scores)) == len(TEXTS)
    assert again.scores("passport", TEXTS) == pytest.approx(scores)
    assert first.scores("passport", []) == []
    assert first.identity == again.identity
    assert first.identity.startswith("cross-encoder/tiny/")
    assert first.identity.endswith("/5")


def test_a_folder_without_a_model_is_refused_with_its_name(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs `make models`")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EngineUnavailable, match=r"cross-encoder in .* cannot be loaded"):
        CrossEncoderReranker(tmp_path, 20)
