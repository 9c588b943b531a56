"""The command keeps its contract: exit codes, JSON shapes, one clear line for every refusal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import tamyeez


def answer(home: Path, *arguments: str) -> Any:
    """Run a command that must succeed; return its JSON."""
    done = tamyeez(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(home: Path, *arguments: str, code: int = 1, **env: str) -> str:
    """Run a command that must be refused; return its one line."""
    done = tamyeez(home, *arguments, env=env)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("م ٢ ق ٩١ لسنة ٢٠١٣", "kw-law-2013-91/art-2"),
        ("art 2 law 91/2013", "kw-law-2013-91/art-2"),
        ("المادة الثانية من القانون رقم 91 لسنة 2013", "kw-law-2013-91/art-2"),
        ("Article 3 of the Trafficking Protocol", "un-protocol-2000-trafficking/art-3"),
        ("المادة 18 من المرسوم بقانون رقم 114 لسنة 2024", "kw-decree-law-2024-114/art-18"),
        ("kw-law-2013-91/art-12", "kw-law-2013-91/art-12"),
    ],
)
def test_a_citation_comes_first(collection: Path, query: str, first: str) -> None:
    found = answer(collection, "search", query)
    assert found["citation"]["provision"] == first
    assert found["citation"]["held"] is True
    assert found["results"][0]["id"] == first
    assert found["results"][0]["why"]["citation"] is True


def test_every_result_has_the_contracts_fields_and_exact_highlights(collection: Path) -> None:
    found = answer(collection, "search", "عقوبة الاتجار بالأشخاص")
    assert set(found) >= {
        "query",
        "language",
        "citation",
        "total",
        "took_ms",
        "results",
        "facets",
    }
    assert found["language"] == "ar"
    assert found["results"]
    for hit in found["results"]:
        assert set(hit) >= {"id", "kind", "title", "score", "passages", "why", "treatment"}
        assert set(hit["title"]) == {"ar", "en"}
        for passage in hit["passages"]:
            assert passage["authority"] in {"digest", "reported", "training"}
            for start, end in passage["highlights"]:
                assert 0 <= start < end <= len(passage["text"])


def test_search_crosses_the_languages(collection: Path) -> None:
    ids = [
        hit["id"] for hit in answer(collection, "search", "selling residence permits")["results"]
    ]
    assert "kw-decree-law-2024-114/art-18" in ids[:3]
    ids = [hit["id"] for hit in answer(collection, "search", "بيع الإقامة لقاء مال")["results"]]
    assert "kw-decree-law-2024-114/art-18" in ids[:3]


def test_filters_limit_the_results(collection: Path) -> None:
    found = answer(collection, "search", "الضحية", "--kind", "treaty", "--lang", "ar")
    assert found["results"]
    assert {hit["kind"] for hit in found["results"]} == {"treaty"}
    languages = {p["language"] for hit in found["results"] for p in hit["passages"]}
    assert languages == {"ar"}
    found = answer(collection, "search", "victim", "--instrument", "kw-law-2013-91")
    assert {hit["work"] for hit in found["results"]} == {"kw-law-2013-91"}


def test_a_quoted_phrase_is_exact(collection: Path) -> None:
    loose = answer(collection, "search", "consent victim")
    found = answer(collection, "search", '"no one can say this"')
    assert loose["total"] > 0
    assert found["total"] == 0


def test_the_same_query_is_answered_the_same_twice(collection: Path) -> None:
    once, twice = (answer(collection, "search", "forced labour") for _ in range(2))
    once.pop("took_ms"), twice.pop("took_ms")
    assert once == twice


def test_cite_resolves_in_both_languages(collection: Path) -> None:
    found = answer(collection, "cite", "تطبيقا للمادة ٢ من القانون رقم ٩١ لسنة ٢٠١٣")
    (citation,) = found["citations"]
    assert citation["provision"] == "kw-law-2013-91/art-2"
    assert citation["status"] == "resolved"
    text = found["text"]
    assert text[citation["start"] : citation["end"]] == citation["text"]


def test_status_says_that_both_stores_agree(collection: Path) -> None:
    status = answer(collection, "status")
    assert status["agree"] is True
    assert status["index_points"] > status["passages"] > 100  # phrasings are points too


def test_a_second_ingest_rebuilds_nothing(home: Path) -> None:
    before = answer(home, "status")
    report = answer(home, "ingest")
    assert {file["status"] for file in report["files"]} == {"unchanged"}
    assert report["rebuilt"] is False
    assert answer(home, "status") == before


def test_refusals_are_one_clear_line(collection: Path) -> None:
    assert "4000" in refusal(collection, "search", "ا" * 10_000)
    for query in ("", "   ", "ًٌٍَُِّْ", "؟!؛،...", "ـــ"):
        assert refusal(collection, "search", query)
    assert "kw-law-1999-1" in refusal(collection, "search", "x", "--instrument", "kw-law-1999-1")
    assert "looks like" in refusal(collection, "search", "x", "--instrument", "../etc")
    assert refusal(collection, "search", "x", "--limit", "0")


def test_wrong_usage_is_exit_two(collection: Path) -> None:
    for arguments in (["search"], ["nonsense"], ["search", "x", "--kind", "poem"], []):
        done = tamyeez(collection, *arguments)
        assert done.returncode == 2
        assert "usage" in done.stderr
        assert "Traceback" not in done.stderr
    done = tamyeez(collection, "ingest", "a.txt", "b.txt", "--id", "kw-law-2013-91")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAMYEEZ_EMBEDDER", "word2vec"),
        ("TAMYEEZ_DATABASE_URL", "not a url"),
        ("TAMYEEZ_QDRANT_URL", "localhost:6333"),
    ],
)
def test_a_wrong_setting_is_named(collection: Path, name: str, value: str) -> None:
    assert name in refusal(collection, "search", "x", **{name: value})


def test_help_is_light_and_lists_the_settings(collection: Path) -> None:
    done = tamyeez(collection, "--help")
    assert done.returncode == 0
    assert "TAMYEEZ_HOME" in done.stdout


def test_eval_runs_and_scores(collection: Path, tmp_path: Path) -> None:
    queries, run, qrels = (tmp_path / n for n in ("q.jsonl", "out.run", "qrels.txt"))
    queries.write_text(
        '{"id": "1", "query": "م ٢ ق ٩١ لسنة ٢٠١٣"}\n{"id": "2", "query": "؟"}\n', "utf-8"
    )
    qrels.write_text("1 0 kw-law-2013-91/art-2 2\n", "utf-8")
    done = tamyeez(collection, "eval", "run", "--queries", str(queries), "--run", str(run))
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in run.read_text("utf-8").splitlines()]
    assert rows[0][:4] == ["1", "Q0", "kw-law-2013-91/art-2", "1"]
    scores = [float(row[4]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    done = tamyeez(collection, "eval", "score", "--qrels", str(qrels), "--run", str(run))
    assert done.returncode == 0
    assert "nDCG@10" in done.stdout
    assert "1.000" in done.stdout
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": 1}\n', "utf-8")
    assert "line 1" in refusal(
        collection, "eval", "run", "--queries", str(broken), "--run", str(run)
    )


def test_adding_a_text_shows_official_first_and_withdraws_nothing(
    home: Path, tmp_path: Path
) -> None:
    law = tmp_path / "law.txt"
    law.write_text(
        "مادة 1\nعلى كل ناقل أن يحفظ دفتر الرحلات عشر سنوات.\n\n"
        "مادة 2\nيعاقب بالغرامة كل من أتلف دفتر الرحلات عمدا.\n",
        "utf-8",
    )
    done = tamyeez(
        home,
        "ingest",
        str(law),
        "--id",
        "kw-law-2099-1",
        "--kind",
        "statute",
        "--language",
        "ar",
        "--authority",
        "official",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    (file,) = json.loads(done.stdout)["files"]
    assert file["status"] == "added"
    assert file["instrument"] == "kw-law-2099-1"
    assert file["provisions"] == 2
    found = answer(home, "search", "من أتلف دفتر الرحلات")
    assert found["results"][0]["id"] == "kw-law-2099-1/art-2"
    assert found["results"][0]["passages"][0]["authority"] == "official"
    assert answer(home, "status")["agree"] is True
