"""A case study is the same after the form and after the file; stages lose no word of the facts."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from search.casebook import CaseDraft, Draft, QuestionDraft, Said, Tongue
from search.casebook.proposing import _in_stages
from web.case_study_form import _draft, read_working_file
from web.schemas_casebook import FORMAT, VERSION, DraftIO

WORD = st.text("abcdeابتثجح.!؟؛ ", min_size=1, max_size=60).map(lambda t: " ".join(t.split()))
LINE = st.sampled_from(["a b.", "أ. ب؟", "one, two", "<b>&", "١٢"])
SAID = st.builds(Said, LINE | st.just(""), LINE | st.just(""))
STAGES = st.lists(LINE, max_size=3).map(tuple)
CASES = st.lists(
    st.sampled_from(["kw-training-0001-a", "kw-training-0002-a", "kw-2021-x-01"]),
    min_size=1,
    unique=True,
).flatmap(
    lambda ids: st.tuples(
        *(st.builds(CaseDraft, st.just(name), STAGES, STAGES, SAID) for name in ids)
    )
)
QUESTIONS = st.lists(
    st.builds(
        QuestionDraft,
        st.sampled_from(["outcome", "own-1", "trafficking.act"]),
        st.just("kw-training-0001-a"),
        SAID,
        SAID,
        st.booleans(),
    ),
    max_size=3,
).map(tuple)
NAMES = st.lists(st.sampled_from(["deception", "act", "sign"]), unique=True).map(tuple)
DRAFTS = st.builds(
    Draft, SAID, st.sampled_from(list(Tongue)), CASES, NAMES, QUESTIONS, NAMES, st.booleans()
)


@given(DRAFTS)
def test_a_working_file_gives_back_the_draft(draft: Draft) -> None:
    held = {"format": FORMAT, "version": VERSION, "draft": DraftIO.of(draft).model_dump()}
    assert read_working_file(json.dumps(held).encode()) == draft


@given(DRAFTS)
def test_the_form_gives_back_the_draft(draft: Draft) -> None:
    fields = [("title-ar", draft.title.ar), ("title-en", draft.title.en), ("tongue", draft.tongue)]
    fields += [("goal", goal) for goal in draft.goals]
    fields += [("variant", variant) for variant in draft.variants]
    fields += [("reveals", "yes")] if draft.reveals else []
    for n, case in enumerate(draft.cases):
        fields.append((f"matter.{n}", case.matter))
        # A browser sends line ends of its own.
        fields.append((f"facts-ar.{n}", "\r\n\r\n".join(case.facts_ar)))
        fields.append((f"facts-en.{n}", "\r\n\r\n".join(case.facts_en)))
        fields.append((f"procedure-ar.{n}", case.procedure.ar))
        fields.append((f"procedure-en.{n}", case.procedure.en))
    for n, question in enumerate(draft.questions):
        fields += [(f"question.{n}", question.id), (f"question-of.{n}", question.matter)]
        fields += [(f"ask.{n}", "yes")] if question.included else []
        for name, text in (("asked", question.asked), ("guidance", question.guidance)):
            fields += [(f"{name}-ar.{n}", text.ar), (f"{name}-en.{n}", text.en)]
    assert _draft(FormData(fields)) == draft


@given(WORD, WORD)
def test_stages_are_as_many_in_both_languages_and_lose_nothing(ar: str, en: str) -> None:
    stages = _in_stages(Said(ar, en))
    for text, parts in zip((ar, en), stages, strict=True):
        assert "".join("".join(parts).split()) == "".join(text.split())
    if ar and en:
        assert len(stages[0]) == len(stages[1])
