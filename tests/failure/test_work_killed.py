"""A process killed while it saves loses nothing it has acknowledged, and keeps the file whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from search.access.reader import LOCAL
from search.work import WorkService, WorkStore
from search.work.model import Wanted
from tests.support import ROOT
from tests.unit.test_work_store import Shelf

WRITER = """
import sys
from pathlib import Path
from search.work import WorkService, WorkStore
from search.access.reader import LOCAL
from search.work.model import NoteDraft
from search.model import Bilingual
from search.work.model import Target

class Shelf:
    def targets(self, ids):
        return {i: Target(i, Bilingual(en=i), "digest") for i in ids}

work = WorkService(WorkStore(Path(sys.argv[1])), Shelf())
while True:
    note = work.add_note(LOCAL, "kw-law-2013-91/art-2", NoteDraft("saved " * 200, ("label",)))
    print(note, flush=True)
"""
KILLS = 3


def test_a_kill_while_saving_loses_nothing_acknowledged(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for kill in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(0.03 * kill)
        writer.kill()
        acknowledged += writer.stdout.read().split()  # what it had said by then
        writer.wait()
        writer.stdout.close()
    work = WorkService(WorkStore(tmp_path), Shelf())
    kept = {note.id: note for note in work.export(LOCAL).notes}
    assert set(acknowledged) <= set(kept)
    assert all(note.text == ("saved " * 200).strip() for note in kept.values())
    # What notes are found by is as whole as they are.
    assert work.notes(LOCAL, Wanted(words="saved", label="label")).total == len(kept)
    work.close()
