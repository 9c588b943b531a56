"""Sealed originals when something fails: kills at each step, a folder that goes, lying workers.

Whatever happens, a masked text is never held beside an original in the clear, and the next ingest
makes whole what is missing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.files import Options
from ingest.isolation import Worker
from ingest.pipeline import Ingest
from ingest.preparing import Job, Prepared, Refused
from ingest.private import FileNames
from ingest.report import FileStatus
from ingest.worker import WorkLimits
from search.catalogue import open_catalogue
from search.embed import load_embedder
from search.errors import BadSetting
from search.index import index_store
from search.model import Kind
from search.originals.age import Identity, new_identity
from search.originals.folder import OriginalFolder
from search.settings import Settings, load_settings
from tests.service.test_no_name_is_kept import NAMES, TEXT
from tests.support import ROOT, environment

KEY: Identity = new_identity()
WORK = "kw-judgment-cassation-2018-345"
OPTIONS = Options(kind=Kind.JUDGMENT, work=WORK)
# Runs a command and is killed when it comes to a step that is named to it.
KILLED = """
import os, signal, sys
from ingest.originals import Originals
from search.catalogue import Catalogue
from web.cli import main
of = {"put": Originals, "withdraw": Catalogue, "revise_file": Catalogue}[sys.argv[1]]
setattr(of, sys.argv[1], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
main(sys.argv[2:])
"""


@pytest.fixture
def judgment(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "judgment.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    kept = {
        "TAMYEEZ_ORIGINALS": str(tmp_path / "originals"),
        "TAMYEEZ_ORIGINALS_RECIPIENT": KEY.recipient,
    }
    return environment(tmp_path / "home", **kept)


@contextlib.contextmanager
def opened(env: dict[str, str]) -> Iterator[Ingest]:
    settings = load_settings(env)
    catalogue = open_catalogue(settings.database_url)
    yield Ingest(
        catalogue,
        index_store(settings),
        lambda: load_embedder(settings.embedder),
        settings.corpus,
        originals=settings.originals,
    )
    catalogue.close()


def ingest(env: dict[str, str], path: Path) -> FileStatus:
    with opened(env) as made:
        (report,) = made.paths([path], OPTIONS).files
    return report.status


def killed(env: dict[str, str], step: str, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, step, *arguments],
        env=env,
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def works(settings: Settings) -> list[str | None]:
    catalogue = open_catalogue(settings.database_url)
    try:
        return [file.work for file in catalogue.files()]
    finally:
        catalogue.close()


def sealed(tmp_path: Path) -> list[str]:
    return [path.suffix for path in (tmp_path / "originals").iterdir()]


@pytest.mark.parametrize(("step", "held"), [("revise_file", []), ("put", [WORK])])
def test_killed_between_storing_and_sealing_the_next_ingest_makes_it_whole(
    env: dict[str, str], judgment: Path, tmp_path: Path, step: str, held: list[str]
) -> None:
    said = ("ingest", str(judgment), "--kind", "judgment", "--id", WORK)
    killed(env, step, *said)
    assert works(load_settings(env)) == held
    (part,) = (tmp_path / "originals").iterdir()
    assert part.name.startswith(".part-")
    assert not [name for name in NAMES if name.encode() in part.read_bytes()]
    assert ingest(env, judgment) is (FileStatus.UPDATED if held else FileStatus.ADDED)
    assert sorted(sealed(tmp_path)) == ["", ".age"]  # the part goes after a day
    folder = OriginalFolder(tmp_path / "originals")
    (one,) = folder.all()
    opened_again = folder.open(one.sha256, KEY)
    assert opened_again.data.decode() == TEXT
    assert opened_again.names["[المجني عليها ١]"][0] == "روميلدا باتونغبال"
    assert ingest(env, judgment) is FileStatus.UNCHANGED


def test_killed_while_withdrawing_the_file_can_still_be_named(
    env: dict[str, str], judgment: Path, tmp_path: Path
) -> None:
    ingest(env, judgment)
    killed(env, "withdraw", "withdraw", WORK)
    assert sealed(tmp_path) == []
    assert works(load_settings(env)) == [WORK]
    with opened(env) as made:
        (report,) = made.withdraw([WORK]).files
    assert report.status is FileStatus.WITHDRAWN
    assert works(load_settings(env)) == []


def test_turned_on_later_the_originals_of_what_is_held_are_kept_when_ingested_again(
    env: dict[str, str], judgment: Path, tmp_path: Path
) -> None:
    off = {name: value for name, value in env.items() if "ORIGINALS" not in name}
    assert ingest(off, judgment) is FileStatus.ADDED
    assert not (tmp_path / "originals").exists()
    assert ingest(env, judgment) is FileStatus.UPDATED
    assert sealed(tmp_path) == [".age"]


@pytest.mark.parametrize("then", ["ingest", "withdraw"])
def test_of_a_folder_that_cannot_be_used_nothing_is_begun(
    env: dict[str, str], judgment: Path, tmp_path: Path, then: str
) -> None:
    ingest(env, judgment)
    (tmp_path / "originals").rename(tmp_path / "elsewhere")
    (tmp_path / "originals").write_text("in its place")  # as root, modes stop nobody
    with opened(env) as made, pytest.raises(BadSetting, match="TAMYEEZ_ORIGINALS"):
        if then == "withdraw":
            made.withdraw([WORK])
        else:
            made.paths([judgment], OPTIONS)
    assert works(load_settings(env)) == [WORK]


def test_a_file_whose_original_cannot_be_sealed_is_refused_whole(
    env: dict[str, str], judgment: Path, tmp_path: Path
) -> None:
    settings = load_settings(env)
    worker = Worker((), WorkLimits())  # the folder was never made
    try:
        names = FileNames(str(judgment), judgment.name)
        outcome = worker.do(Job(judgment, OPTIONS, names, originals=settings.originals))
    finally:
        worker.end()
    assert isinstance(outcome, Refused)
    assert outcome.reason == "not-sealed"
    assert "TAMYEEZ_ORIGINALS" in outcome.sentence
    assert not [name for name in NAMES if name in outcome.sentence]


def test_no_name_leaves_the_worker_and_what_it_invents_is_not_moved(
    env: dict[str, str], judgment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "originals").mkdir(mode=0o700)
    secret = tmp_path / "home" / "audit.key"
    secret.write_text("not to be moved")
    seen = []
    ours = Worker.do

    def lies(self: Worker, job: Job) -> Prepared | Refused:
        outcome = ours(self, job)
        assert isinstance(outcome, Prepared)
        seen.append(repr(outcome))
        return dataclasses.replace(outcome, sealed=os.path.relpath(secret, tmp_path / "originals"))

    monkeypatch.setattr(Worker, "do", lies)
    with pytest.raises(BadSetting):
        ingest(env, judgment)
    assert secret.read_text() == "not to be moved"
    assert len(seen) == 1
    assert not [name for name in NAMES if name in seen[0]]
