"""The main job on real input: ingest the reference files, then search in both languages.

    .venv/bin/python -m tests.main_job [HOME]

Needs ../shared. Prints the articles found against the true counts, and what comes first.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.render_statutes import digits, load, render
from tests.support import ROOT, SHARED, tamyeez

# Articles of each document, issuing articles included, counted by hand or by its own numbering.
DOCUMENTS = {
    "un-palermo-trafficking-protocol-2000-en.md": 20,
    "un-migrant-smuggling-protocol-2000-en.md": 25,
    "un-untoc-2000-en.md": 41,
    "ilo-c029-forced-labour-1930-en.md": 33,
    "un-cedaw-1979-en.pdf": 30,
    "un-iccpr-1966-en.pdf": 53,
    "qa-anti-trafficking-law-15-2011-word-export-ar.html": 34,
    "qa-penal-code-11-2004-en.docx": 418,
    "ae-decree-law-39-2022-word2019-ar.pdf": 11,
    "sa-anti-trafficking-law-m40-1430-ar.md": 17,
}
ARABIC = [
    "م ٢ ق ٩١ لسنة ٢٠١٣",
    "المادة ١٨ من المرسوم بقانون رقم ١١٤ لسنة ٢٠٢٤",
    "المادة ١٠ من قانون العمل في القطاع الأهلي",
    "عقوبة الاتجار بالأشخاص إذا كان المجني عليه طفلا",
    "بيع سمات الدخول والإقامة مقابل مبالغ مالية",
    "حجز جواز سفر العامل المنزلي",
    "تأخير دفع أجور العمال",
    "خطف أنثى بالحيلة أو القوة",
    "تزوير محرر رسمي",
    "إيواء ضحايا الاتجار وإعادتهم إلى بلدهم",
]
ENGLISH = [
    "art. 3 of the Palermo Protocol",
    "article 6 CEDAW",
    "Article 8 of the International Covenant on Civil and Political Rights",
    "what is forced or compulsory labour",
    "consent of the victim of trafficking",
    "selling residence permits for money",
    "smuggling of migrants by sea boarding a vessel",
    "participation in an organized criminal group",
    "employer refuses to pay a foreign worker",
    "liability of the company manager for trafficking",
]


def main() -> int:
    """Run the job into a home folder, a temporary one unless given."""
    if not SHARED.is_dir():
        print("The reference files ../shared are not there.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "home"
        whole = {"TAMYEEZ_CORPUS": str(ROOT / "corpus")}
        print(tamyeez(home, "ingest", "--quiet", env=whole, timeout_s=600).stdout.strip())
        files = [SHARED / "documents" / name for name in DOCUMENTS]
        print_counts(ingest(home, files), DOCUMENTS)
        laws, expected = write_statutes(Path(folder))
        print_counts(ingest(home, laws), expected)
        print(tamyeez(home, "status").stdout)
        for query in (*ARABIC, *ENGLISH):
            print_first(home, query)
    return 0


def write_statutes(folder: Path) -> tuple[list[Path], dict[str, int]]:
    """Render the nine laws to plain text files as an office would have them."""
    paths, expected = [], {}
    for number, source in enumerate(sorted((SHARED / "statutes").glob("*.json")), 1):
        articles = load(source)
        title = json.loads(source.read_text("utf-8"))["title"]["ar"]
        path = folder / f"law-{number}.txt"  # a name that tells nothing: the text must
        path.write_text(f"{title}\n\n{render(articles, digits)}", "utf-8")
        paths.append(path)
        expected[path.name] = len(articles)
    return paths, expected


def ingest(home: Path, files: list[Path]) -> list[dict[str, object]]:
    """Ingest files and return the report of each."""
    done = tamyeez(home, "ingest", *map(str, files), "--json", timeout_s=3600)
    report: dict[str, object] = json.loads(done.stdout)
    print(f"{report['seconds']:.0f} s, of which embedding {report['seconds_embedding']:.0f} s")
    return report["files"]  # type: ignore[return-value]


def print_counts(files: list[dict[str, object]], expected: dict[str, int]) -> None:
    """Print articles found against true counts; a preamble is a provision but no article."""
    for file in files:
        name = str(file["file"])
        print(
            f"  {name:<52} {file['status']:<12} {file['instrument'] or '-':<36} "
            f"{file['provisions']:>4} provisions, {expected[name]} articles in truth"
            + (f"  {file['reasons']}" if file["status"] == "quarantined" else "")
        )


def print_first(home: Path, query: str) -> None:
    """Print what comes first for a query, and second and third by id."""
    answer = json.loads(tamyeez(home, "search", query, "--limit", "3", "--json").stdout)
    ids = [hit["id"] for hit in answer["results"]]
    print(f"{query}\n    → {'  ·  '.join(ids)}   ({answer['took_ms']:.0f} ms)")


if __name__ == "__main__":
    sys.exit(main())
