"""What is generated from the collection's format and texts is not behind them."""

from __future__ import annotations

import numpy as np

from ingest.schema_files import schema_texts
from ingest.vectors import FILE, passages_to_embed
from tests.support import ROOT

CORPUS = ROOT / "corpus"


def test_the_schema_files_are_those_of_the_models() -> None:
    held = {path.name: path.read_text("utf-8") for path in (CORPUS / "schema").glob("*.json")}
    assert held == schema_texts(), "run `make schema`"


def test_every_bundled_passage_has_its_shipped_vector() -> None:
    with np.load(CORPUS / FILE, allow_pickle=False) as vectors:
        held = {value.decode("ascii") for value in vectors["hashes"]}
        norms = np.linalg.norm(vectors["vectors"].astype(np.float32), axis=1)
    missing = passages_to_embed(CORPUS).keys() - held
    assert not missing, f"{len(missing)} passages have no vector: run `make vectors`"
    assert np.allclose(norms, 1, atol=1e-2)
