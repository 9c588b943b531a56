"""Measure the catalogue at 100,000 passages: `python tests/bench/bench_catalogue.py [URL]`."""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from search.catalogue import Catalogue, FileRecord, open_catalogue
from search.model import (
    Authority,
    Bilingual,
    Contribution,
    Expression,
    Instrument,
    Kind,
    Language,
    Passage,
    Provision,
    ProvisionKind,
)

ARTICLES, LAWS, DIMENSIONS = 300, 334, 384
TEXT = "كل من آوى عاملا دون إذن أو استغل حاجته يعاقب بالغرامة ما لم ينص قانون آخر على أشد. " * 6


@contextmanager
def measured(what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    took = (time.perf_counter() - started) * 1000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<44} {took:9.1f} ms   peak {memory:5.0f} MB", flush=True)


def law(number: int, version: str = "") -> tuple[Contribution, list[Passage]]:
    """A law of 300 articles, one passage each."""
    work = f"kw-law-2099-{number}"
    units = [f"{work}/art-{n}" for n in range(1, ARTICLES + 1)]
    expressions = tuple(
        Expression(
            f"{u}@ar.official", u, work, Language.AR, Authority.OFFICIAL, f"{u} {version}{TEXT}"
        )
        for u in units
    )
    provisions = tuple(
        Provision(u, work, ProvisionKind.ARTICLE, str(n + 1), n) for n, u in enumerate(units)
    )
    passages = [
        Passage(
            id=f"{e.id}#1",
            expression=e.id,
            unit=e.unit,
            group=e.unit,
            work=work,
            kind=Kind.STATUTE,
            language=e.language,
            authority=e.authority,
            start=0,
            end=len(e.text),
            text=e.text,
            index_text=e.text,
            content_hash=hashlib.sha256(e.text.encode()).hexdigest(),
        )
        for e in expressions
    ]
    instrument = Instrument(work, Kind.STATUTE, Bilingual(en="A law"), "kw", str(number), 2099)
    return Contribution(instrument, provisions, expressions=expressions), passages


def save(catalogue: Catalogue, number: int, version: str = "") -> None:
    contribution, passages = law(number, version)
    file = FileRecord(f"law-{number}.txt", f"law-{number}.txt", f"{number}{version}", 1)
    catalogue.replace_file(file, contribution, passages)


def run(url: str) -> None:
    with measured("open: from nothing"):
        catalogue = open_catalogue(url)
    with measured("replace_file: 300 articles, new"):
        save(catalogue, 1)
    with measured("replace_file: 300 articles, the same again"):
        save(catalogue, 1)
    with measured("replace_file: 300 articles, all changed"):
        save(catalogue, 1, "v2 ")
    with measured(f"replace_file: {LAWS - 1} more laws"):
        for number in range(2, LAWS + 1):
            save(catalogue, number)
    with measured("replace_file: 300 articles, among 100k"):
        save(catalogue, LAWS, "v2 ")
    catalogue.close()
    with measured("open: warm, 100k passages"):
        catalogue = open_catalogue(url)
    with measured("revision"):
        catalogue.revision()
    with measured("counts"):
        print(catalogue.counts().passages, end=" passages: ")
    with measured("instruments"):
        catalogue.instruments()
    with measured("iterate_passages, all"):
        print(sum(1 for _ in catalogue.iterate_passages()), end=" ")
    with measured("fingerprint"):
        catalogue.fingerprint()
    hashes = [content_hash for _, content_hash in catalogue.passage_hashes()]
    with measured("passages: 200 by id"):
        catalogue.passages([f"kw-law-2099-{n}/art-7@ar.official#1" for n in range(1, 201)])
    with measured("provision + editorials + treatments, one hit"):
        unit = "kw-law-2099-9/art-7"
        catalogue.provision(unit), catalogue.editorials([unit]), catalogue.treatments_of([unit])
    rows = np.random.default_rng(1).normal(size=(len(hashes), DIMENSIONS)).astype(np.float32)
    with measured("put_embeddings, all"):
        catalogue.put_embeddings("model", dict(zip(hashes, rows, strict=True)))
    with measured("missing_embeddings, all"):
        catalogue.missing_embeddings(hashes, "model")
    with measured("get_embeddings, all"):
        catalogue.get_embeddings(hashes, "model")
    catalogue.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/catalogue.sqlite")
