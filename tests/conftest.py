"""How the tests are arranged.

unit/       pure functions and single modules, with fakes
property/   hypothesis: round trips and invariants
golden/     input file and reviewed expectation
service/    command, API and page over one small real collection
failure/    killed processes, broken files, hostile input
e2e/        a real server in a real browser
delivery/   the built bundle, on a machine without a network; skipped where none was built
shared/     runs over the reference files in ../shared; skipped where they are absent
bench/      measurements; not tests

The collection the service and failure tests use is a part of the bundled one, built once a session
into a home folder of its own; a test that changes it takes a copy.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.ocr.engine import languages
from tests.postgres_server import postgres, postgres_url
from tests.support import SHARED, tamyeez

__all__ = ["postgres", "postgres_url"]  # fixtures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip by name what this machine cannot run, saying what is missing."""
    reasons = {
        "browser": None if shutil.which("chromium") else "Debian's chromium is not installed",
        "ocr": None if "ara" in languages() else "tesseract-ocr and -ara are not installed",
        "shared": None if SHARED.is_dir() else "the reference files ../shared are not there",
    }
    for item in items:
        for name, reason in reasons.items():
            if reason and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference files."""
    return SHARED


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder holding a part of the bundled collection. Read only: see `home` for a copy."""
    folder = tmp_path_factory.mktemp("collection")
    done = tamyeez(folder, "ingest", "--quiet")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def home(collection: Path, tmp_path: Path) -> Path:
    """A copy of the collection that the test may change."""
    copy = tmp_path / "home"
    shutil.copytree(collection, copy)
    return copy
