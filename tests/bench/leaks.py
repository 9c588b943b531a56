"""Look for what is restricted through every address, as readers who may not see it.

    python -m tests.bench.leaks --count 5000

Two documents with words that stand nowhere else are added to a small collection, one restricted,
one open. Thousands of generated requests follow, as each role without the permission: searches with
related words, slips and filters, ids, exports, citations, notes, the reading of facts. No answer
may hold a word of the restricted one. The same requests as a reader who may see it must find it
many times, else the search for leaks proves nothing. Ends with 1 if anything leaked.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from search.access import matrix
from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.audit import Trail
from search.cabinet import open_cabinet
from search.clearance import for_readers
from search.opening import open_parts, service_of
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.support import environment, tamyeez
from web.app import create_app
from web.gate import Door

# Words of no language: they can come from the restricted document alone.
SECRETS = ("qarvelox", "zanthimer", "vostrelune", "زقطومار", "خنجليزم", "طربوقلس")
WORK = "kw-judgment-2024-felony-77701"
LAW = "kw-law-2024-777"
_RESTRICTED_AR = """محكمة الجنايات

الحكم الصادر في القضية رقم 77701 لسنة 2024 جنايات

الوقائع

تتحصل الوقائع في أن المتهم استقدم عاملة من مكتب زقطومار واحتجز وثائقها في مخزن خنجليزم، ثم شغلها
قسرا سبعة أشهر دون أجر، ونقلها ليلا إلى سوق طربوقلس.

الأسباب

وحيث إن المحكمة تطمئن إلى أقوال العاملة، وكان قصد الاستغلال قد ثبت من حجز الوثائق والتشغيل دون أجر
في مخزن خنجليزم، فإن أركان الجريمة المنصوص عليها في المادة 2 من القانون رقم 91 لسنة 2013 متوافرة.

فلهذه الأسباب

حكمت المحكمة حضوريا بحبس المتهم خمس عشرة سنة مع الشغل.
"""
_RESTRICTED_LAW = """Law No. 777 of 2024 on the Qarvelox Register

Article 1
A register of zanthimer shall be kept by the ministry, and every employer shall enter the papers of
each worker in it.

Article 2
Whoever withholds a vostrelune from a worker shall be punished by imprisonment for a term not
exceeding three years.
"""
_ASKED = (
    "passport withheld from a worker", "register of employers papers", "حجز وثائق عاملة في مخزن",
    "تشغيل دون أجر سبعة أشهر", "محكمة الجنايات 77701", "qarvelx", "zanthimr", "vostrelun",
    "زقطومر", "خنجلزم", "law 777 of 2024", "القانون 777 لسنة 2024",
    "المادة 2 من القانون 777 لسنة 2024",
    "forced labour night market", "imprisonment three years withholds", "سوق ليلا", "مكتب استقدام",
    '"papers of each worker"', "kind:statute register", "المادة ٢ من القانون ٩١ لسنة ٢٠١٣",
)  # fmt: skip
_PATHS = (
    f"/ar/matters/{WORK}", f"/en/matters/{WORK}", f"/api/judgments/{WORK}", "/ar/matters",
    f"/en/laws/{LAW}", f"/en/laws/{LAW}/art-2", f"/api/instruments/{LAW}",
    f"/api/provisions/{LAW}/art-1", f"/api/instruments/{LAW}/akoma-ntoso?lang=en",
    f"/api/instruments/{LAW}/history", "/ar/laws", "/en/laws", "/api/instruments",
    "/api/judgments",
    "/api/matters.csv", "/api/provisions.csv", "/api/statistics", "/en/statistics",
    "/en/statistics/year.csv", "/api/concepts.ttl", "/en/glossary", "/en/about", "/api/status",
    f"/api/linked-data?id={LAW}/art-2", f"/api/reference?id={LAW}/art-2&form=bibtex",
    f"/en/compare?left={LAW}/art-2&right=kw-law-2013-91/art-2",
    f"/api/compare?left={LAW}/art-1&right={LAW}/art-2", "/en/penalties", "/api/penalties",
    "/en/stale", "/api/stale-references", "/en/coverage", "/api/treaty-coverage",
    "/en/case-studies", "/ar/case-studies", "/en/laws/kw-law-2013-91/art-2",
    "/ar/laws/kw-law-2013-91/art-2", "/api/provisions/kw-law-2013-91/art-2", "/ar/my-work",
    f"/en/my-work/notes/new?target={LAW}/art-2", f"/ar/case-studies/new?matter={WORK}",
    "/openapi.json", "/docs", "/api/my-work/export",
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """What the requests of one role brought to light."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)


def plant(home: Path) -> None:
    """Add the restricted documents to a home folder. Raises AssertionError if they are refused."""
    folder = Path(tempfile.mkdtemp(prefix="tamyeez-leaks-"))
    try:
        for name, text, sidecar in (
            ("ruling.txt", _RESTRICTED_AR, f"judgment: {WORK}\nlanguage: ar\n"),
            ("register.txt", _RESTRICTED_LAW, f"instrument: {LAW}\nkind: statute\nlanguage: en\n"),
        ):
            (folder / name).write_text(text, "utf-8")
            (folder / f"{name}.yaml").write_text(f"{sidecar}access: restricted\n", "utf-8")
        done = tamyeez(home, "ingest", "--json", str(folder))
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        shutil.rmtree(folder)


def requests(seed: int) -> Iterator[tuple[str, str, object]]:
    """Yield (method, address, JSON body) without end."""
    draw = random.Random(seed)
    while True:
        words = draw.choice(_ASKED)
        if draw.random() < 0.3:
            words = f"{words} {draw.choice(_ASKED)}"[: draw.randint(4, 60)]
        narrowed = {"q": words, "limit": draw.choice((1, 10, 100))}
        if draw.random() < 0.4:
            narrowed |= {"kind": draw.choice(("statute", "judgment", "treaty"))}
        if draw.random() < 0.2:
            narrowed |= {"instrument": draw.choice((LAW, "kw-law-2013-91"))}
        language = draw.choice(("ar", "en"))
        page = {name: value for name, value in narrowed.items() if name != "limit"}
        yield draw.choice((
            ("GET", f"/api/search?{urlencode(narrowed)}", None),
            ("GET", f"/{language}/?{urlencode(page)}", None),
            ("GET", f"/api/record?{urlencode(narrowed)}", None),
            ("GET", f"/{language}/record?{urlencode(page)}", None),
            ("GET", f"/api/cite?text={quote(words)}", None),
            ("GET", draw.choice(_PATHS), None),
            ("POST", "/api/distinguish", {"facts": f"{words}. He kept her papers, no pay."}),
            ("POST", "/api/draft", {"text": f"Article 1. Whoever {words} shall be punished."}),
            ("POST", "/api/my-work/notes", {"target": f"{LAW}/art-2", "text": "x"}),
            ("POST", "/api/my-work/searches", {"name": "x", "query": {"q": words}}),
            ("POST", "/api/case-studies", {"matters": [WORK], "language": language}),
        ))  # fmt: skip


def look(client: Client, token: str, count: int, seed: int) -> Found:
    """Send so many requests with a token, and look for the secrets in every answer."""
    found = Found()
    for (method, address, body), _ in zip(requests(seed), range(count), strict=False):
        content = b"" if body is None else json.dumps(body).encode()
        answer = client.request(
            method, address, content, authorization=f"Bearer {token}",
            content_type="application/json",
        )  # fmt: skip
        found.requests += 1
        found.statuses[answer.status_code] += 1
        told = answer.text.casefold()
        asked = f"{address} {content.decode()}".casefold()
        shown = [word for word in SECRETS if word in told and word not in asked]
        if shown:
            found.leaks.append(f"{method} {address}: {', '.join(shown)}")
    return found


def measure(home: Path, roles: Sequence[str], count: int, seed: int = 7) -> dict[str, Found]:
    """Look as each role, over a home folder that `plant` has been at."""
    settings = load_settings(environment(home))
    parts = open_parts(settings, threads=1)
    service = for_readers(service_of(parts))
    accounts = Accounts(AccountStore(home))
    cabinet = open_cabinet(home, service)
    with closing(service), closing(cabinet), closing(accounts):
        door = Door(accounts, "0" * 64, secure=False)
        app = create_app(service, "0", None, cabinet, None, Trail(home), door)
        client = Client(app)
        found = {}
        for role in roles:
            name = f"leaks-{role}"
            accounts.add(name, [role], subject=f"leaks {role}")
            token = accounts.add_token(name, "leaks", sorted(matrix().all), 1)
            found[role] = look(client, token, count, seed)
        return found


def main() -> int:
    """Measure and print; 1 if anything leaked, or if nothing was there to leak."""
    parser = argparse.ArgumentParser(description="Look for restricted words through every address.")
    parser.add_argument("--count", type=int, default=5000, help="requests of all roles together")
    args = parser.parse_args()
    hidden_from = [r for r, role in matrix().roles.items() if "restricted" not in role.may]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        assert tamyeez(home, "ingest", "--quiet").returncode == 0
        plant(home)
        found = measure(home, [*hidden_from, "judge"], -(-args.count // len(hidden_from)))
    seen = found.pop("judge")
    for role, of in found.items():
        statuses = ", ".join(f"{n} × {status}" for status, n in sorted(of.statuses.items()))
        print(f"{role}: {of.requests:,} requests ({statuses}); {len(of.leaks)} leaks")
        for leak in of.leaks[:10]:
            print(f"  {leak}")
    print(f"judge, who may see it: {len(seen.leaks)} answers of {seen.requests:,} held it")
    return 1 if any(of.leaks for of in found.values()) or not seen.leaks else 0


if __name__ == "__main__":
    sys.exit(main())
