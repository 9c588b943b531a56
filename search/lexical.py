"""Write terms as the sparse vectors that make the index rank by BM25.

The index multiplies a document's weight by the query's and by IDF, which it computes itself:
ln(1 + (N - df + 0.5) / (df + 0.5)). Here is the rest of the formula.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from search.index.port import SparseVector

# Robertson's values. Passages are of similar length, so neither is sensitive.
K1 = 1.2
B = 0.75


@lru_cache(maxsize=200_000)
def term_index(term: str) -> int:
    """Return the dimension of a term: the same on every machine and in every process.

    The first 32 bits of BLAKE2b. Among 100,000 distinct terms about one pair in all shares a
    dimension (n² / 2³³); the odds that a given term does are 1 in 43,000.
    """
    return int.from_bytes(blake2b(term.encode("utf-8"), digest_size=4).digest(), "big")


def encode_document(terms: Sequence[str], average_terms: float) -> SparseVector:
    """Return the saturated term frequencies of a passage, its length set against the average.

    Terms that share a dimension count as one term: their frequencies are added.
    """
    if average_terms <= 0:
        raise ValueError(f"average_terms must be positive, not {average_terms}")
    norm = K1 * (1 - B + B * len(terms) / average_terms)
    counts = sorted(Counter(map(term_index, terms)).items())
    return SparseVector(
        tuple(index for index, _ in counts),
        tuple(count * (K1 + 1) / (count + norm) for _, count in counts),
    )


def encode_query(terms: Iterable[str]) -> SparseVector:
    """Return weight 1 for each distinct term: a word repeated in a question is not stressed."""
    indices = sorted(set(map(term_index, terms)))
    return SparseVector(tuple(indices), (1.0,) * len(indices))
