"""A small invented collection, whose editions the tests make, pack and spoil."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ARTICLES = 6


def write_corpus(
    folder: Path, number: int, laws: int = 2, words: Mapping[str, str] | None = None
) -> Path:
    """Write edition `number` of an invented collection of laws and one fictional matter.

    `words` replaces the English text of units: {"xx-law-2001-1/art-2": "..."}.
    """
    given = words or {}
    _write(
        folder / "edition.yaml",
        {"number": number, "date": f"2026-01-{number:02}", "notes": _both(f"edition {number}")},
    )
    _write(folder / "register.yaml", {"instruments": []})
    for law in range(1, laws + 1):
        name = f"xx-law-2001-{law}"
        _write(folder / "instruments" / name / "instrument.yaml", _law(name, law, given))
    _write(folder / "matters" / "xx-training-1.yaml", _matter(given))
    return folder


def _law(name: str, law: int, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "statute",
        "title": _both(f"invented law {law}"),
        "jurisdiction": "xx",
        "number": str(law),
        "year": 2001,
        "in_force_from": "2001-01-01",
        "sources": {"own": {"title": "invented for a test"}},
        "confidence": "high",
        "provisions": [_article(name, law, n, words) for n in range(1, ARTICLES + 1)],
    }


def _article(name: str, law: int, n: int, words: Mapping[str, str]) -> dict[str, Any]:
    text = f"The registrar of office {law} keeps the book of item {n} in good order."
    return {
        "id": f"art-{n}",
        "number": str(n),
        "heading": _both(f"item {n} of law {law}"),
        "text": {
            "ar": f"على أمين السجل رقم {law} أن يحفظ الدفتر رقم {n}.",
            "en": words.get(f"{name}/art-{n}", text),
        },
        "sources": ["own"],
        "confidence": "high",
    }


def _matter(words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": "xx-training-1",
        "title": _both("fictional matter"),
        "authority": "training",
        "jurisdiction": "xx",
        "court": _both("no court"),
        "level": "other",
        "charges": [{"offence": "none", "outcome": "unknown"}],
        "sections": [
            {
                "kind": "facts",
                "speaker": "editor",
                "text": {
                    "ar": "واقعة مختلقة للاختبار.",
                    "en": words.get("xx-training-1", "An invented event for a test."),
                },
            }
        ],
        "note": _both("fictional, for a test"),
        "sources": [{"title": "invented for a test"}],
        "confidence": "high",
    }


def _both(text: str) -> dict[str, str]:
    return {"ar": f"نص: {text}", "en": text}


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
