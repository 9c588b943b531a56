"""A text analysed blank by blank gives what it gives as a whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.text import tokens
from search.text.fold import fold

WORDS = st.sampled_from(
    [
        "بالعقوبة،",
        "٥٬٠٠٠",
        "5,000",
        "anti-trafficking",
        "«المادة",
        "٢»",
        "ﷺ",
        "the",
        "employer's",
        "1.5",
    ]
)
BLANKS = st.sampled_from([" ", "\n", "\u00a0", "\t", "  ", "\u2028"])
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(WORDS, BLANKS), max_size=40).map("".join),
)


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, keep=st.booleans())
def test_chunks_give_what_the_whole_gives(text: str, keep: bool) -> None:
    folded = fold(text)
    whole = [
        tokens.Token(
            term,
            folded.offsets[start],
            tokens.with_marks(text, folded.offsets[end - 1] + 1),
        )
        for term, start, end in tokens._terms(folded.text, keep)
    ]
    assert tokens.analyse(text, keep) == whole
