"""What a sidecar says, and how a wrong one is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ingest.sidecar import Given, read_sidecar, sidecar_path
from search.errors import Unreadable


def law(tmp_path: Path, sidecar: str | bytes) -> Path:
    path = tmp_path / "law.pdf"
    content = sidecar.encode() if isinstance(sidecar, str) else sidecar
    sidecar_path(path).write_bytes(content)
    return path


def test_a_full_sidecar(tmp_path: Path) -> None:
    given = read_sidecar(
        law(
            tmp_path,
            "instrument: kw-law-2001-77\nkind: statute\nlanguage: ar\nauthority: official\n"
            "title: {ar: قانون المنارات, en: Lighthouse Law}\nin_force_from: 2001-03-17\n"
            "source: {title: Gazette, issue: 12}\n",
        )
    )
    assert given.work == "kw-law-2001-77"
    assert given.in_force_from == dt.date(2001, 3, 17)
    assert given.source == {"title": "Gazette", "issue": 12}


def test_none_gives_nothing(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "law.pdf") == Given()
    assert read_sidecar(law(tmp_path, "")) == Given()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("kind: poem", "`kind`"),
        ("instrument: Law 91", "`instrument`"),
        ("in_force_from: someday", "`in_force_from`"),
        ("colour: red", "`colour` is no field"),
        ("instrument: a-b\njudgment: c-d", "not both"),
        ("- a list", "must hold fields"),
        ("kind: [unclosed", "not valid YAML"),
        (b"\xff\xfe\x00", "UTF-8|YAML"),
        ("x: " + "y" * 70_000, "larger than"),
        ("a: &a [1]\nb: !!python/object/apply:os.getcwd []", "not valid YAML"),
    ],
)
def test_refused_naming_what_is_wrong(tmp_path: Path, content: str | bytes, named: str) -> None:
    with pytest.raises(Unreadable, match=named) as refused:
        read_sidecar(law(tmp_path, content))
    assert refused.value.reason == "sidecar"
    assert "law.pdf.yaml" in str(refused.value)


def test_options_win_field_by_field() -> None:
    options = Given(language="en", judgment="kw-judgment-1")
    sidecar = Given(instrument="kw-law-2001-77", language="ar", authority="official")
    merged = options.over(sidecar)
    assert (merged.judgment, merged.instrument) == ("kw-judgment-1", None)
    assert (merged.language, merged.authority) == ("en", "official")
