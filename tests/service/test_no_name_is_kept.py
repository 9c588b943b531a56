"""After a judgment is ingested, nothing of the persons in it is in any store, answer or report.

The persons are made up; their names are planted in the text, the file's name and its sidecar.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from search.model import Language
from tests.deidentify.cases import build_case
from tests.support import tamyeez

NAMES = ("روميلدا", "باتونغبال", "Romilda", "Batungbacal", "romilda", "batungbacal")
THE_SAME = ("--kind", "judgment", "--id", "kw-judgment-cassation-2018-345")
CIVIL_ID = "285010112345"
TEXT = """محكمة التمييز - الدائرة الجزائية
برئاسة السيد المستشار/ شويش الغضوري
جلسة 3/3/2019
الطعن رقم 345 لسنة 2018 جزائي/1
الوقائع
تتحصل الوقائع في أن المجني عليها روميلدا باتونغبال (Romilda Batungbacal) عملت بلا أجر.
ورقمها المدني 285010112345.
المحكمة
وحيث إن الطاعن ينعى على الحكم أنه أخذ بأقوال روميلدا وحدها.
وحيث إن هذا النعي غير سديد، إذ من المقرر أن للمحكمة أن تأخذ بقول شاهد واحد متى اطمأنت إليه.
فلهذه الأسباب
حكمت المحكمة برفض الطعن.
"""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A home that holds one judgment, and everything the commands said on the way."""
    folder = tmp_path_factory.mktemp("judgments")
    home = folder / "home"
    judgment = folder / "files" / "قضية روميلدا Batungbacal.txt"
    judgment.parent.mkdir()
    judgment.write_text(TEXT, "utf-8")
    sidecar = "kind: judgment\njurisdiction: kw\ntitle: {ar: قضية روميلدا باتونغبال}\n"
    judgment.with_name(judgment.name + ".yaml").write_text(sidecar, "utf-8")
    twin = judgment.with_name("another.txt")  # the same judgment again: refused as a conflict
    twin.write_text(TEXT + "\nوأعلنت روميلدا به.\n", "utf-8")
    said = [
        tamyeez(home, "ingest", str(judgment), "--json"),
        tamyeez(home, "ingest", str(twin), *THE_SAME, "--json"),
        tamyeez(home, "ingest", str(judgment), "--json"),
        *(tamyeez(home, "search", query, "--json") for query in ("روميلدا", "Romilda", "بلا أجر")),
        tamyeez(home, "status", "--json"),
    ]
    return home, [done.stdout + done.stderr for done in said]


def test_the_judgment_is_held_and_read_again_only_once(ingested: tuple[Path, list[str]]) -> None:
    reports = [json.loads(text)["files"] for text in ingested[1][:3]]
    assert [[report["status"] for report in files] for files in reports] == [
        ["added"],
        ["quarantined"],
        ["unchanged"],
    ]
    assert reports[0][0]["judgment"] == "kw-judgment-cassation-2018-345"


def test_no_answer_or_report_names_anybody(ingested: tuple[Path, list[str]]) -> None:
    found = [json.loads(text) for text in ingested[1]]
    asked = found[3:5]  # by name: the answer repeats what was asked, and nothing else of it
    texts = [p["text"] for answer in asked for hit in answer["results"] for p in hit["passages"]]
    for answer in (*found[:3], texts, *found[5:]):
        told = json.dumps(answer, ensure_ascii=False)
        assert not [name for name in (*NAMES, CIVIL_ID) if name in told]
    assert "[المجني عليها ١]" in json.dumps(found[5], ensure_ascii=False)


def test_no_file_of_the_home_holds_a_name(ingested: tuple[Path, list[str]]) -> None:
    files = [path for path in ingested[0].rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite" or "catalogue" in path.name for path in files)
    for path in files:
        data = path.read_bytes()
        for name in (*NAMES, CIVIL_ID):
            forms = {name.encode(), name.encode("utf-16-le"), json.dumps(name)[1:-1].encode()}
            assert not [form for form in forms if form in data], (path.name, name)


def test_no_planted_person_reaches_the_home(tmp_path: Path) -> None:
    """Whole generated judgments of both languages, in one ingest."""
    chance = random.Random(20_260_101)
    folder = tmp_path / "files"
    folder.mkdir()
    unknown: set[str] = set()
    for n in range(3):
        case = build_case(chance, Language.EN if n % 2 else Language.AR, "_told" if n == 2 else "")
        (folder / f"judgment-{n}.txt").write_text(case.text, "utf-8")
        words = [word for person in case.persons for word in person.words if word.held_out]
        unknown |= {word.ar for word in words if len(word.ar) > 5}
        unknown |= {word.en[0] for word in words if len(word.en[0]) > 7 and "-" not in word.en[0]}
    done = tamyeez(tmp_path / "home", "ingest", str(folder), "--kind", "judgment", "--json")
    assert done.returncode in (0, 3), done.stderr  # equal case numbers conflict: refused
    assert unknown
    stored = b"".join(p.read_bytes() for p in (tmp_path / "home").rglob("*") if p.is_file())
    assert not [word for word in unknown if word.encode() in stored or word in done.stdout]
