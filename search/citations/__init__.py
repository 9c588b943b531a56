"""Find citations of laws and their provisions in Arabic and English text.

    names = build_work_names(instruments)
    find_citations("م ٢ ق ٩١ لسنة ٢٠١٣", names)   →  kw-law-2013-91/art-2

A citation is resolved only when its law is certain; else it is ambiguous, with choices, or
unknown. Pure: knows neither catalogue nor ranking. Time is linear in the text.
"""

from search.citations.finder import find_citations
from search.citations.name_index import build_work_names
from search.citations.names import NamedWork, WorkNames
from search.citations.query import is_whole_query, remainder

__all__ = [
    "NamedWork",
    "WorkNames",
    "build_work_names",
    "find_citations",
    "is_whole_query",
    "remainder",
]
