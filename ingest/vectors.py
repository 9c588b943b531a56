"""The embeddings that ship with the bundled collection, keyed by content hash and embedder.

`python -m ingest.vectors` writes them anew after the collection has changed; a test says so when
they are stale. Without them a fresh machine would embed the collection itself, in minutes.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import numpy as np

from ingest.bundle import bundle_items, read_item
from ingest.cutting import passages_of
from search.catalogue import Catalogue
from search.embed import load_embedder
from search.index.port import Vector
from search.indexing import embed_passages
from search.model import Passage
from search.settings import load_settings

FILE = "vectors.npz"
_HASH_CHARS = 32


def read_vectors(corpus: Path, embedder: str) -> dict[str, Vector]:
    """Return content hash → shipped embedding; nothing if unreadable or another embedder's.

    They are only a cache: what is missing is embedded again.
    """
    try:
        with np.load(corpus / FILE, allow_pickle=False) as held:
            if str(held["embedder"]) != embedder:
                return {}
            hashes = [value.decode("ascii") for value in held["hashes"]]
            return dict(zip(hashes, held["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}


def put_shipped_vectors(corpus: Path, catalogue: Catalogue, embedder: str) -> int:
    """Put the shipped embeddings that the catalogue lacks into its cache; return how many."""
    shipped = read_vectors(corpus, embedder)
    missing = catalogue.missing_embeddings(set(shipped), embedder)
    catalogue.put_embeddings(embedder, {key: shipped[key] for key in missing})
    return len(missing)


def passages_to_embed(corpus: Path) -> dict[str, Passage]:
    """Return content hash → passage of the bundled collection."""
    return {
        passage.content_hash: passage
        for item in bundle_items(corpus)
        for passage in passages_of(read_item(item))
    }


def write_vectors(corpus: Path, embedder_setting: str) -> tuple[int, int]:
    """Embed what has no shipped vector yet and write the file; return (all, newly embedded)."""
    embedder = load_embedder(embedder_setting)
    wanted = passages_to_embed(corpus)
    vectors = read_vectors(corpus, embedder.identity)
    missing = [wanted[key] for key in wanted.keys() - vectors.keys()]
    for found in embed_passages(embedder, missing):
        vectors.update(found)
    kept = sorted(wanted)
    np.savez_compressed(
        corpus / FILE,
        embedder=np.array(embedder.identity),
        hashes=np.array([key.encode("ascii") for key in kept], dtype=f"S{_HASH_CHARS}"),
        vectors=np.stack([vectors[key] for key in kept]).astype(np.float16),
    )
    return len(kept), len(missing)


def main() -> None:
    """Write corpus/vectors.npz with the settings' embedder."""
    settings = load_settings()
    count, fresh = write_vectors(settings.corpus, settings.embedder)
    sys.stdout.write(f"{count} vectors in {settings.corpus.name}/{FILE}, {fresh} of them new\n")


if __name__ == "__main__":
    main()
