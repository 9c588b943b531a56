"""Editions of the collection: packed, read as a stranger's file, compared, kept."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.bundle import bundle_items, read_item
from ingest.cutting import passages_of
from ingest.editions import Edition, Shelf, compare, export_edition
from ingest.editions.comparing import What
from ingest.editions.edition import read_edition
from ingest.editions.keeping import KEPT, exchanging
from ingest.editions.packing import MANIFEST, collection_files, opened_edition
from search.errors import BadRequest, StoreBusy, StoreFull, Unreadable
from search.model import Language, Role
from search.record import Signer
from search.settings import Settings, load_settings
from search.versions import ChangeKind
from tests.edition_corpus import write_corpus
from tests.support import ROOT


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", 1)


@pytest.fixture
def settings(tmp_path: Path, corpus: Path) -> Settings:
    return load_settings({"TAMYEEZ_HOME": str(tmp_path / "home"), "TAMYEEZ_CORPUS": str(corpus)})


@pytest.fixture
def packed(corpus: Path, tmp_path: Path) -> Path:
    export_edition(corpus, tmp_path / "one.edition", Signer(tmp_path / "publisher"))
    return tmp_path / "one.edition"


def unpack(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    with opened_edition(file) as opened:
        return opened.unpack(folder)


def repacked(
    source: Path, target: Path, signer: Signer, spoil: Callable[[dict[str, bytes]], None]
) -> Path:
    """Pack again after `spoil` has changed the files, with a list and signature that fit."""
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    body = json.loads(files.pop(MANIFEST))["body"]
    spoil(files)
    body["files"] = [
        {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    signature = signer.sign_body(body)
    whole = {
        "body": body,
        "signature": {
            "algorithm": signature.algorithm,
            "key": signature.key,
            "value": signature.value,
        },
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, json.dumps(whole))
    return target


def test_our_own_collection_says_which_edition_it_is() -> None:
    edition = read_edition(ROOT / "corpus")
    assert edition.number >= 1
    assert edition.date is not None
    assert edition.notes is not None


def test_an_edition_comes_out_as_it_went_in(corpus: Path, packed: Path, tmp_path: Path) -> None:
    (corpus / "README.md").write_text("is no part of the collection")
    out = unpack(packed, tmp_path / "out")
    inner = [path.relative_to(corpus) for path in collection_files(corpus)]
    assert [path.relative_to(out) for path in collection_files(out)] == inner
    assert all((out / path).read_bytes() == (corpus / path).read_bytes() for path in inner)
    assert read_edition(out) == read_edition(corpus)


def test_the_same_content_gives_the_same_bytes(corpus: Path, packed: Path, tmp_path: Path) -> None:
    export_edition(corpus, tmp_path / "again.edition", Signer(tmp_path / "publisher"))
    assert (tmp_path / "again.edition").read_bytes() == packed.read_bytes()


def test_what_cannot_be_read_is_not_packed(corpus: Path, tmp_path: Path) -> None:
    law = corpus / "instruments" / "xx-law-2001-1" / "instrument.yaml"
    law.write_text(law.read_text("utf-8").replace("confidence: high", "confidence: sure", 1))
    with pytest.raises(Unreadable, match="confidence"):
        export_edition(corpus, tmp_path / "x.edition", Signer(tmp_path))
    (corpus / "edition.yaml").unlink()
    with pytest.raises(BadRequest, match=r"edition\.yaml is missing"):
        export_edition(corpus, tmp_path / "x.edition", Signer(tmp_path))
    assert not (tmp_path / "x.edition").exists()


def test_any_changed_byte_is_noticed(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    step = max(1, len(whole) // 60)
    for n, place in enumerate(range(0, len(whole), step)):
        spoilt = tmp_path / f"{n}.edition"
        spoilt.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        try:
            out = unpack(spoilt, tmp_path / f"out-{n}")
        except Unreadable:
            continue
        # A byte that only the zip's own bookkeeping has (a date, a flag) changes no content.
        assert read_edition(out) == read_edition(tmp_path / "corpus")


@pytest.mark.parametrize("length", [0, 1, 100, 2000])
def test_a_cut_file_is_no_edition(packed: Path, tmp_path: Path, length: int) -> None:
    cut = tmp_path / "cut.edition"
    cut.write_bytes(packed.read_bytes()[:length])
    with pytest.raises(Unreadable, match="no edition"), opened_edition(cut):
        pass


def test_a_list_changed_after_signing_is_refused(packed: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.edition"
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == MANIFEST:
                whole = json.loads(data)
                whole["body"]["number"] = 999
                data = json.dumps(whole).encode()
            target.writestr(name, data)
    with pytest.raises(Unreadable, match="not what was signed"), opened_edition(forged):
        pass


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n + 1, n + 1, *[n] * 9)
    for n in range(ord("a"), ord("h"))
)
LAW = "corpus/instruments/xx-law-2001-1/instrument.yaml"


def hollow_vectors() -> bytes:
    """An array that says it has 10^15 values, and has none."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f2", "fortran_order": False, "shape": (10**12, 384)}
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as arrays:
        arrays.writestr("vectors.npy", header.getvalue())
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("corpus/../../outside.yaml", b"x", "not what was signed"),
        ("/etc/outside.yaml", b"x", "not what was signed"),
        ("corpus/.hidden.yaml", b"x", "not what was signed"),
        ("elsewhere/file.yaml", b"x", "not what was signed"),
        ("corpus/instruments/xx-law-2001-1/run.sh", b"x", "no part of a collection"),
        ("corpus/README.md", b"x", "no part of a collection"),
        (LAW, BOMB, "repeats itself"),
        (LAW, b"[" * 5000 + b"]" * 5000, "too deep|no valid YAML"),
        (LAW, b"id: [unclosed", "no valid YAML|another edition"),
        (LAW, b"id: xx-law-2001-1", "another edition"),
        ("corpus/vectors.npz", b"no zip", "vectors.npz of the edition is damaged"),
        ("corpus/vectors.npz", hollow_vectors(), "vectors.npz of the edition is damaged"),
    ],
)
def test_a_hostile_edition_is_refused_although_it_is_signed(
    packed: Path, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    hostile = repacked(
        packed,
        tmp_path / "hostile.edition",
        Signer(tmp_path / "stranger"),
        lambda files: files.update({name: data}),
    )
    before = set(tmp_path.rglob("*"))
    with pytest.raises(Unreadable, match=said):
        unpack(hostile, tmp_path / "deep" / "out")
    outside = {p for p in set(tmp_path.rglob("*")) - before if "deep" not in p.parts}
    assert outside == set()


def test_a_link_in_the_zip_comes_out_as_no_link(packed: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked.edition"
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(linked, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            info.external_attr = 0o120777 << 16  # a symbolic link, for programs that make them
            target.writestr(info, data)
    out = unpack(linked, tmp_path / "out")
    assert [path for path in out.rglob("*") if path.is_symlink()] == []


def test_a_file_longer_than_listed_is_refused(packed: Path, tmp_path: Path) -> None:
    """A member that unpacks to more than its list says must not fill the disk."""
    bomb = tmp_path / "bomb.edition"
    with (
        zipfile.ZipFile(packed) as source,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, bytes(50 << 20) if name == LAW else data)
    with pytest.raises(Unreadable, match="another length"), opened_edition(bomb):
        pass


def test_what_unpacks_to_more_than_the_limit_is_refused(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.editions.packing.MAX_BYTES", 1000)
    with pytest.raises(Unreadable, match="larger than"), opened_edition(packed):
        pass


def test_no_room_is_said_before_anything_is_written(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr("search.backup.zipped.shutil.disk_usage", lambda _: full)
    with pytest.raises(StoreFull, match="collection in use is unchanged"):
        unpack(packed, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_edition_of_a_newer_format_says_so(packed: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.edition"
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(newer, "w") as target:
        whole = json.loads(source.read(MANIFEST))
        whole["body"]["version"] = 9
        target.writestr(MANIFEST, json.dumps(whole))
    with pytest.raises(Unreadable, match="Install the newer release"), opened_edition(newer):
        pass


def test_two_editions_are_compared_article_by_article(tmp_path: Path) -> None:
    before = write_corpus(tmp_path / "before", 1)
    after = write_corpus(
        tmp_path / "after",
        2,
        laws=3,
        words={
            "xx-law-2001-1/art-2": "The registrar burns the book.",
            "xx-training-1": "Another invented event.",
        },
    )
    law = after / "instruments" / "xx-law-2001-2" / "instrument.yaml"
    law.write_text(law.read_text("utf-8").replace("item 4 of law 2", "four of two"), "utf-8")
    changes = {change.label: change for change in compare(before, after)}
    assert set(changes) == {
        "instruments/xx-law-2001-1",
        "instruments/xx-law-2001-2",
        "instruments/xx-law-2001-3",
        "matters/xx-training-1",
    }
    first = changes["instruments/xx-law-2001-1"]
    assert [(c.unit, c.language, c.kind, c.after) for c in first.texts] == [
        ("xx-law-2001-1/art-2", "en", ChangeKind.CHANGED, "The registrar burns the book.")
    ]
    assert first.details == ()
    second = changes["instruments/xx-law-2001-2"]
    assert second.texts == ()
    assert [(d.unit, d.what) for d in second.details] == [("xx-law-2001-2/art-4", What.DETAILS)]
    assert changes["instruments/xx-law-2001-3"].kind is ChangeKind.ADDED
    matter = changes["matters/xx-training-1"]
    assert [(c.before, c.after) for c in matter.texts] == [(None, None)]
    removed = {c.label: c.kind for c in compare(after, before)}["instruments/xx-law-2001-3"]
    assert removed is ChangeKind.REMOVED


def test_a_former_text_that_is_no_longer_read_does_not_stop_the_comparison(
    corpus: Path, tmp_path: Path
) -> None:
    law = corpus / "instruments" / "xx-law-2001-1" / "instrument.yaml"
    law.write_text("id: xx-law-2001-1\nformat: of long ago\n")
    after = write_corpus(tmp_path / "after", 2)
    assert [(c.label, c.kind, c.texts) for c in compare(corpus, after)] == [
        ("instruments/xx-law-2001-1", ChangeKind.CHANGED, ())
    ]
    with pytest.raises(Unreadable):
        compare(after, corpus)


def put(settings: Settings, number: int, words: str) -> Edition:
    shelf = Shelf(settings, None)
    with shelf.empty() as folder:
        made = write_corpus(folder / "corpus", number, words={"xx-law-2001-1/art-1": words})
        edition = read_edition(made)
        shelf.put(folder, edition)
    return edition


def test_the_catalogue_says_which_edition_is_in_use(settings: Settings, corpus: Path) -> None:
    assert Shelf(settings, None).corpus() == corpus
    second, third = put(settings, 2, "second"), put(settings, 3, "third")
    assert Shelf(settings, "0" * 12).corpus() == corpus
    assert Shelf(settings, second.digest).current() == second
    assert Shelf(settings, third.digest).current() == third
    assert (
        Shelf(settings, third.digest).corpus() == settings.editions_folder / third.name / "corpus"
    )


def test_a_release_that_brings_a_newer_collection_wins(settings: Settings, corpus: Path) -> None:
    second = put(settings, 2, "second")
    write_corpus(corpus, 2)
    assert Shelf(settings, second.digest).current() == second
    write_corpus(corpus, 3)
    assert Shelf(settings, second.digest).corpus() == corpus


def test_returning_to_an_older_edition_outlasts_the_release_s_own(
    settings: Settings, corpus: Path
) -> None:
    """Edition 3 came with the release and was found wanting: it does not come back by itself."""
    second = put(settings, 2, "second")
    write_corpus(corpus, 3)
    in_use = read_edition(corpus)
    Shelf(settings, in_use.digest).keep_bundled()
    assert [kept.number for kept in Shelf(settings, second.digest).kept()] == [2, 3]
    assert Shelf(settings, second.digest).current() == second


def test_only_the_newest_editions_are_kept_and_the_one_in_use(settings: Settings) -> None:
    made = [put(settings, number, f"text {number}") for number in range(1, KEPT + 4)]
    Shelf(settings, made[0].digest).tidy(made[0].digest)
    kept = [one.number for one in Shelf(settings, made[0].digest).kept()]
    assert kept == [1, *range(4, KEPT + 4)]


def test_an_edition_changed_in_the_home_folder_is_refused(settings: Settings) -> None:
    second = put(settings, 2, "second")
    kept = Shelf(settings, second.digest).kept()[0]
    law = kept.corpus / "instruments" / "xx-law-2001-1" / "instrument.yaml"
    law.write_text(law.read_text("utf-8").replace("second", "changed"), "utf-8")
    with pytest.raises(Unreadable, match="was changed since"):
        kept.edition()


def test_the_collection_is_exchanged_by_one_process_at_a_time(settings: Settings) -> None:
    with exchanging(settings), pytest.raises(StoreBusy), exchanging(settings):
        pass
    with exchanging(settings):
        pass


def test_how_a_matter_is_looked_for_is_indexed_and_compared(tmp_path: Path) -> None:
    before, after = write_corpus(tmp_path / "before", 1), write_corpus(tmp_path / "after", 1)
    with (after / "matters" / "xx-training-1.yaml").open("a", encoding="utf-8") as file:
        file.write('asks_en: ["the man who buried a ledger"]\n')
    (changed,) = compare(before, after)
    assert changed.texts == ()
    assert [(d.unit, d.what) for d in changed.details] == [("xx-training-1", What.PHRASINGS)]
    (item,) = (item for item in bundle_items(after) if item.label == "matters/xx-training-1")
    contribution = read_item(item)
    assert contribution.judgment is not None
    title = contribution.judgment.title.best(Language.EN)
    leading = [p for p in passages_of(contribution) if p.role is Role.PHRASING]
    assert [p.text for p in leading if p.language is Language.EN] == [
        title,
        "the man who buried a ledger",
    ]
