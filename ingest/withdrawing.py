"""Find the files that a person means when something is to be withdrawn."""

from __future__ import annotations

from pathlib import Path

from ingest.private import private_path
from search.catalogue import Catalogue, FileRecord
from search.errors import BadRequest


def files_of(catalogue: Catalogue, target: str) -> list[FileRecord]:
    """Return the files recorded under a path or name, or that give a text of the work named.

    Raises BadRequest where there is none, and for what belongs to the bundled collection.
    """
    path = str(Path(target).absolute())
    called = {target, path, private_path(path)}
    found = [file for file in catalogue.files() if called & {file.path, file.name, file.work or ""}]
    own = [file for file in found if not file.bundled]
    if own:
        return own
    if found:
        raise BadRequest(
            f"{target} belongs to the bundled collection. Remove it from the folder "
            "TAMYEEZ_CORPUS and run `tamyeez ingest`.",
            target=target,
        )
    raise BadRequest(
        f"No file that was ingested is called {target}, and none gives a text of that id. Name "
        "the file by its path, or the work by its id.",
        target=target,
    )
