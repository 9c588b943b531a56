"""A record says whether it is unchanged, is read within limits, and a replay explains."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.errors import BadRecord, EngineUnavailable, NotHeld
from search.facets import TRAITS
from search.model import (
    Authority,
    Bilingual,
    Filters,
    Kind,
    Language,
    Query,
    Scope,
    TreatmentKind,
)
from search.record import Record, Signer, Verdict, read_record, replay, write_record
from search.record.files import MAX_RECORD_BYTES
from search.record.replay import ChangeKind
from search.record.sheet import (
    CollectionStamp,
    EngineStamp,
    NotSearched,
    RecordedPassage,
    RecordedResult,
    RecordedTreatment,
    Sheet,
)
from web import i18n
from web.papers.record import replay_lines
from web.printing_record import lines_of
from web.schemas_record import AskedIn


def result(place: int, name: str, score: float = 1.0, text: str = "نص") -> RecordedResult:
    passage = RecordedPassage(
        f"{name}@ar.digest#1", Language.AR, Authority.DIGEST, text, True, False
    )
    return RecordedResult(
        place, name, Kind.STATUTE, name.partition("/")[0], Bilingual(en=name), Bilingual(en=name),
        score, False, (passage,), (),
    )  # fmt: skip


SHEET = Sheet(
    recorded_at="2030-05-01T10:11:12+00:00",
    query=Query("بيع الإقامة", Filters(kind=Kind.STATUTE, traits=(("year", "2013"),)), limit=3),
    language=Language.AR,
    collection=CollectionStamp("e1", 7, "f1", 2, 1, 30),
    engine=EngineStamp("0.2.0", "model", "turn", "weights", 2, "qdrant-edge", "000001", 7),
    not_searched=NotSearched(5, (Kind.PLAN,), 1, 200),
    total=3,
    nothing_fits=False,
    results=(result(1, "kw-law-1/art-1"), result(2, "kw-law-1/art-2"), result(3, "kw-law-1/art-3")),
)


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(tmp_path)


@pytest.fixture
def record(signer: Signer) -> Record:
    return signer.sign(SHEET)


def changed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    whole = json.loads(data)
    change(whole)
    return json.dumps(whole, ensure_ascii=False).encode()


def test_a_record_comes_back_as_it_was_written(record: Record) -> None:
    back = read_record(write_record(record))
    assert back.sheet == SHEET
    assert back.is_unchanged()


def test_another_layout_of_the_same_values_is_no_change(record: Record) -> None:
    data = json.dumps(json.loads(write_record(record)), ensure_ascii=True, indent=None).encode()
    assert read_record(data).is_unchanged()


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole["sheet"]["query"].update(text="بيع الاقامة"),
        lambda whole: whole["sheet"].update(total=4),
        lambda whole: whole["sheet"]["results"].pop(),
        lambda whole: whole["sheet"]["results"][0]["passages"][0].update(text="نص آخر"),
        lambda whole: whole["sheet"].update(note="added"),  # a field nobody reads is signed too
        lambda whole: whole.update(note="added"),
        lambda whole: whole["signature"].update(value="AAAA"),
        lambda whole: whole["signature"].update(algorithm="none"),
        lambda whole: whole["signature"].update(key="not base64!"),
    ],
)
def test_any_change_is_found(record: Record, change: Callable[[dict[str, Any]], object]) -> None:
    assert not read_record(changed(write_record(record), change)).is_unchanged()


def test_one_signature_does_not_fit_another_sheet(signer: Signer, record: Record) -> None:
    other = signer.sign(replace(SHEET, total=9))
    data = changed(write_record(record), lambda whole: whole.update(sheet=other.body["sheet"]))
    assert not read_record(data).is_unchanged()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-a-record"),
        (b"\x00\x01%PDF", "not-a-record"),
        (b"[1, 2]", "not-a-record"),
        (b'{"format": "something else"}', "not-a-record"),
        ("نص عادي".encode("cp1256"), "not-a-record"),
        (b"[" * 200_000, "not-a-record"),
        (b'{"a":' * 90_000 + b"1" + b"}" * 90_000, "not-a-record"),
        (b'{"format": "tamyeez-search-record", "format": "tamyeez-search-record"}', "not-a-record"),
        (b'{"n": ' + b"9" * 5000 + b"}", "not-a-record"),
        (b" " * (MAX_RECORD_BYTES + 1), "too-large"),
        (b'{"format": "tamyeez-search-record", "version": 99}', "newer"),
        (b'{"format": "tamyeez-search-record", "version": 1}', "damaged"),
    ],
)
def test_what_is_no_record_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read_record(data)
    assert refused.value.reason == reason
    for language in Language:  # the page has a sentence for it
        assert i18n.message(language, f"record.bad.{reason}")


@pytest.mark.parametrize(
    "change",
    [
        lambda whole: whole["sheet"].pop("query"),
        lambda whole: whole["sheet"].update(results="none"),
        lambda whole: whole["sheet"]["results"][0].update(score="NaN?"),
        lambda whole: whole["sheet"]["query"]["filters"].update(kind="poem"),
        lambda whole: whole.pop("signature"),
    ],
)
def test_a_damaged_record_is_refused(
    record: Record, change: Callable[[dict[str, Any]], object]
) -> None:
    with pytest.raises(BadRecord) as refused:
        read_record(changed(write_record(record), change))
    assert refused.value.reason == "damaged"


@pytest.mark.parametrize("value", ["Infinity", "1e999", '"\\ud800"'])
def test_what_no_text_or_number_can_be_is_refused(record: Record, value: str) -> None:
    data = write_record(record).decode().replace('"total": 3', f'"total": {value}', 1)
    with pytest.raises(BadRecord):
        read_record(data.encode())


def test_the_key_is_made_once_and_is_the_accounts_own(tmp_path: Path) -> None:
    first = Signer(tmp_path).sign(SHEET).signature.key
    assert Signer(tmp_path).sign(SHEET).signature.key == first
    key = tmp_path / "record.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["record.key"]


def test_an_unusable_key_is_kept_and_said(tmp_path: Path) -> None:
    key = tmp_path / "record.key"
    key.write_text("half a k")
    with pytest.raises(EngineUnavailable, match=r"record\.key"):
        Signer(tmp_path).sign(SHEET)
    assert key.read_text() == "half a k"


def test_the_same_answer_is_reproduced(signer: Signer, record: Record) -> None:
    later = replace(SHEET, recorded_at="2031-01-01T00:00:00+00:00")
    replayed = replay(record, signer, lambda query: later)
    assert replayed.verdict is Verdict.REPRODUCED
    assert replayed.own_key
    assert replayed.conditions == ()


def test_a_second_run_is_asked_exactly_what_was_recorded(signer: Signer, record: Record) -> None:
    asked: list[Query] = []
    replay(record, signer, lambda query: asked.append(query) or SHEET)
    assert asked == [SHEET.query]


def test_a_foreign_key_is_told_apart(tmp_path: Path, record: Record) -> None:
    other = tmp_path / "elsewhere"
    replayed = replay(record, Signer(other), lambda query: SHEET)
    assert replayed.verdict is Verdict.REPRODUCED
    assert not replayed.own_key
    assert not other.exists()  # checking makes no key


def test_an_altered_record_is_not_run(signer: Signer, record: Record) -> None:
    def never(query: Query) -> Sheet:
        raise AssertionError("an altered record was run")

    data = changed(write_record(record), lambda whole: whole["sheet"].update(total=9))
    assert replay(read_record(data), signer, never).verdict is Verdict.ALTERED


def test_what_is_different_is_named(signer: Signer, record: Record) -> None:
    struck = RecordedTreatment(TreatmentKind.STRUCK, Scope.PART, Bilingual(en="a court"))
    now = replace(
        SHEET,
        collection=replace(SHEET.collection, revision=8, fingerprint="f2"),
        engine=replace(SHEET.engine, embedder="another model"),
        total=4,
        results=(
            replace(result(1, "kw-law-1/art-1", text="نص جديد"), treatments=(struck,)),
            result(2, "kw-law-9/art-9"),
            result(3, "kw-law-1/art-2"),
        ),
    )
    replayed = replay(record, signer, lambda query: now)
    assert replayed.verdict is Verdict.DIFFERS
    assert [d.what for d in replayed.conditions] == [
        "collection.revision",
        "collection.fingerprint",
        "engine.embedder",
    ]
    found = {(change.kind, change.id) for change in replayed.changes}
    assert found == {
        (ChangeKind.TEXT, "kw-law-1/art-1"),
        (ChangeKind.TREATMENT, "kw-law-1/art-1"),
        (ChangeKind.MOVED, "kw-law-1/art-2"),
        (ChangeKind.GONE, "kw-law-1/art-3"),
        (ChangeKind.NEW, "kw-law-9/art-9"),
    }
    said = "\n".join(lines_of(replayed))
    assert "kw-law-1/art-2 moved from place 2 to 3." in said
    assert "Model for meaning: model -> another model" in said
    assert any("٣" in line for line in replay_lines(replayed, Language.AR))


@pytest.mark.parametrize(("moved_by", "same"), [(1e-6, True), (0.01, False)])
def test_the_last_digits_of_a_score_may_differ(
    signer: Signer, record: Record, moved_by: float, same: bool
) -> None:
    first = replace(SHEET.results[0], score=SHEET.results[0].score + moved_by)
    now = replace(SHEET, results=(first, *SHEET.results[1:]))
    replayed = replay(record, signer, lambda query: now)
    assert (replayed.verdict is Verdict.REPRODUCED) == same
    assert all(change.kind is ChangeKind.SCORE for change in replayed.changes)


def test_a_search_that_cannot_be_run_any_more_is_explained(signer: Signer, record: Record) -> None:
    def gone(query: Query) -> Sheet:
        raise NotHeld("The collection does not hold kw-law-1.", id="kw-law-1")

    replayed = replay(record, signer, gone)
    assert replayed.verdict is Verdict.DIFFERS
    assert "does not hold kw-law-1" in "\n".join(lines_of(replayed))


def test_every_condition_and_change_has_words_in_both_languages() -> None:
    names = [f"collection.{name}" for name in CollectionStamp.__slots__]
    names += [f"engine.{name}" for name in EngineStamp.__slots__]
    names += ["read_as", "concepts", *(f"replay.{kind}" for kind in ChangeKind)]
    for verdict in Verdict:
        names += [f"verdict.{verdict}", f"verdict.{verdict}.lead"]
    for language in Language:
        assert {f"record.{name}" for name in names} <= set(i18n.CATALOGUES[language])


def test_the_api_takes_every_filter_there_is() -> None:
    given = dict.fromkeys(TRAITS, "x")
    assert dict(AskedIn(q="a", **given).as_query().filters.traits) == given
