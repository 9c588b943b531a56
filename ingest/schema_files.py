"""Write the JSON Schema of the collection's files, so that editors check while one writes.

`make schema`; a test compares the files with the models they come from.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from ingest.bundle_schema import (
    ConceptsFile,
    InstrumentFile,
    MatterFile,
    PhrasingsFile,
    ProvisionsFile,
    RegisterFile,
)
from ingest.coverage_schema import CoverageFile
from ingest.editions.edition import EditionFile
from ingest.offences_schema import OffenceFile, SignalsFile
from search.settings import load_settings

MODELS: dict[str, type[BaseModel]] = {
    "instrument": InstrumentFile,
    "provisions": ProvisionsFile,
    "phrasings": PhrasingsFile,
    "matter": MatterFile,
    "concepts": ConceptsFile,
    "register": RegisterFile,
    "offence": OffenceFile,
    "signals": SignalsFile,
    "coverage": CoverageFile,
    "edition": EditionFile,
}


def schema_texts() -> dict[str, str]:
    """Return file name → JSON Schema."""
    return {
        f"{name}.schema.json": json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **model.model_json_schema(),
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
        for name, model in MODELS.items()
    }


def write_schemas(corpus: Path) -> None:
    """Write them to corpus/schema/."""
    folder = corpus / "schema"
    folder.mkdir(exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write_schemas(load_settings().corpus)
