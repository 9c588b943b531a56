"""The record of a search: a signed sheet that can be checked, run again and compared.

    query → make_sheet → sign → a file → read_record → check → replay

A sheet holds what the results page shows and nothing else: the texts in it are the masked ones.
"""

from search.record.files import MAX_RECORD_BYTES, read_record, write_record
from search.record.replay import Change, Difference, Replay, Verdict, replay
from search.record.sheet import Sheet
from search.record.signing import Record, Signer

__all__ = [
    "MAX_RECORD_BYTES",
    "Change",
    "Difference",
    "Record",
    "Replay",
    "Sheet",
    "Signer",
    "Verdict",
    "read_record",
    "replay",
    "write_record",
]
