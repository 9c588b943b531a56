"""The API keeps what its description promises, to every role and to nobody.

`python -m tests.bench.schema` asks more, for as long as one likes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search.access import matrix
from tests.bench.schema import NOBODY, ask_everything, opened

EXAMPLES = 1  # of each operation, right and wrong


@pytest.mark.slow
def test_no_answer_is_a_failure_or_outside_the_description(
    collection: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(collection, home)
    with opened(home) as (app, tokens):
        answered = ask_everything(app, tokens, EXAMPLES)
    assert list(answered.faults.items()) == []
    operations = sum(len(methods) for methods in app.openapi()["paths"].values())
    assert set(answered.statuses) == {*matrix().roles, NOBODY}
    for role, of in answered.statuses.items():
        assert sum(of.values()) >= operations, role
    # Both what is given and what is refused was seen.
    assert answered.statuses["prosecutor"][200] >= operations / 4
    assert answered.statuses["trainer"][422] > 0
    assert set(answered.statuses[NOBODY]) <= {200, 401, 403, 422}


def test_an_answer_outside_the_description_is_found(collection: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(collection, home)
    with opened(home) as (app, tokens):
        described = app.openapi()
        health = described["paths"]["/api/health"]["get"]
        del health["responses"]["401"]
        status = described["components"]["schemas"]["HealthOut"]["properties"]
        status[next(iter(status))] = {"type": "integer"}
        described["paths"] = {
            "/api/health": {"get": health},
            "/api/status": described["paths"]["/api/status"],
        }
        del described["paths"]["/api/status"]["get"]["responses"]["401"]
        answered = ask_everything(app, tokens, EXAMPLES)
    assert "GET /api/health as judge: 200" in answered.faults
    assert f"GET /api/status as {NOBODY}: 401" in answered.faults
