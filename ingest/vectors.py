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
from search.settings import load_settings

FILE = "vectors.npz"
_HASH_CHARS = 32
_BATCH = 32


def put_shipped_vectors(corpus: Path, catalogue: Catalogue, embedder: str) -> int:
    """Put the shipped embeddings into the catalogue's cache if they are this embedder's."""
    path = corpus / FILE
    if not path.is_file():
        return 0
    try:
        with np.load(path, allow_pickle=False) as held:
            if str(held["embedder"]) != embedder:
                return 0
            hashes = [h.decode("ascii") for h in held["hashes"]]
            vectors = held["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return 0  # only a cache: what it lacks is embedded again
    missing = catalogue.missing_embeddings(set(hashes), embedder)
    wanted = {h: v for h, v in zip(hashes, vectors, strict=True) if h in missing}
    catalogue.put_embeddings(embedder, wanted)
    return len(wanted)


def texts_to_embed(corpus: Path) -> dict[str, str]:
    """Return content hash → index text of every passage of the bundled collection."""
    return {
        passage.content_hash: passage.index_text
        for item in bundle_items(corpus)
        for passage in passages_of(read_item(item))
    }


def write_vectors(corpus: Path, embedder_setting: str) -> int:
    """Embed the whole bundled collection and write the file; return the number of vectors."""
    embedder = load_embedder(embedder_setting)
    texts = sorted(texts_to_embed(corpus).items())
    rows = [
        embedder.embed_passages([text for _, text in texts[start : start + _BATCH]])
        for start in range(0, len(texts), _BATCH)
    ]
    np.savez_compressed(
        corpus / FILE,
        embedder=np.array(embedder.identity),
        hashes=np.array([key.encode("ascii") for key, _ in texts], dtype=f"S{_HASH_CHARS}"),
        vectors=np.concatenate(rows).astype(np.float16),
    )
    return len(texts)


def main() -> None:
    """Write corpus/vectors.npz with the settings' embedder."""
    settings = load_settings()
    count = write_vectors(settings.corpus, settings.embedder)
    sys.stdout.write(f"{count} vectors written to {settings.corpus.name}/{FILE}\n")


if __name__ == "__main__":
    main()
