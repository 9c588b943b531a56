"""Kill a process in the middle of writing: whole files only, and every file that was reported."""

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from search.catalogue import Catalogue, open_catalogue

ARTICLES = 40

# Writes versions 0, 1, 2 … of three laws for ever; a line on stdout says what is committed.
WRITER = textwrap.dedent(
    """
    import hashlib, sys
    from search.catalogue import FileRecord, open_catalogue
    from search.model import *

    url, articles = sys.argv[1], int(sys.argv[2])
    catalogue = open_catalogue(url)

    def law(work, version):
        units = [f"{work}/art-{n}" for n in range(1, articles + version % 2)]
        text = f"Version {version}. Whoever moors without a permit is fined. " * 20
        expressions = tuple(
            Expression(f"{u}@en.official", u, work, Language.EN, Authority.OFFICIAL, text)
            for u in units
        )
        contribution = Contribution(
            instrument=Instrument(work, Kind.STATUTE, Bilingual(en=str(version)), "kw"),
            provisions=tuple(
                Provision(u, work, ProvisionKind.ARTICLE, str(n), n) for n, u in enumerate(units)
            ),
            expressions=expressions,
        )
        passages = [
            Passage(
                f"{e.id}#1", e.id, e.unit, e.unit, work, Kind.STATUTE, e.language, e.authority,
                0, len(text), text, text, hashlib.sha256(text.encode()).hexdigest(),
            )
            for e in expressions
        ]
        return contribution, passages

    version = 0
    while True:
        for work in ("kw-law-2098-1", "kw-law-2098-2", "kw-law-2098-3"):
            file = FileRecord(work, work, str(version), 1)
            catalogue.replace_file(file, *law(work, version))
            print(work, version, flush=True)
        version += 1
    """
)


def run_and_kill(url: str, after_s: float) -> dict[str, int]:
    """Let the writer run, kill it, and return the last version it reported of each law."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(ARTICLES)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    reported = [process.stdout.readline()]
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    reported += process.communicate(timeout=30)[0].splitlines()
    lines = [line.split() for line in reported if len(line.split()) == 2]
    return {work: int(version) for work, version in lines}


def check(catalogue: Catalogue, reported: dict[str, int]) -> None:
    held = {file.path: file for file in catalogue.files()}
    assert set(reported) <= set(held)
    for work, file in held.items():
        version = int(file.sha256)
        # The kill may have come between the commit and the report.
        assert version in (reported.get(work, -1), reported.get(work, -1) + 1)
        units = ARTICLES - 1 + version % 2
        provisions = catalogue.provisions_of(work)
        texts = catalogue.expressions_of([p.id for p in provisions])
        assert len(provisions) == len(texts) == file.provisions == units
        assert all(e.text.startswith(f"Version {version}.") for [e] in texts.values())
        found = catalogue.passages([f"{e.id}#1" for [e] in texts.values()])
        assert len(found) == file.passages == units
        assert all(p.text.startswith(f"Version {version}.") for p in found.values())
        instrument = catalogue.instrument(work)
        assert instrument is not None
        assert instrument.title.en == str(version)
    assert catalogue.counts().passages == sum(file.passages for file in held.values())


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_leaves_whole_files(tmp_path: Path, seed: int) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    reported = run_and_kill(url, random.Random(seed).uniform(0.0, 0.6))
    catalogue = open_catalogue(url)
    check(catalogue, reported)
    assert catalogue.revision() >= sum(version + 1 for version in reported.values())
    catalogue.close()


def test_one_process_reads_whole_files_while_another_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(ARTICLES)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    catalogue = open_catalogue(url)
    seen = set()
    deadline = time.monotonic() + 1.0
    while time.monotonic() < deadline:
        texts: dict[str, set[str]] = {}
        for passage in catalogue.iterate_passages(batch=10):
            texts.setdefault(passage.work, set()).add(passage.text)
        assert all(len(versions) == 1 for versions in texts.values())
        seen.add(catalogue.revision())
    process.kill()
    process.communicate(timeout=30)
    catalogue.close()
    assert len(seen) > 1
