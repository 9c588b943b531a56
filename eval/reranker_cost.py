"""What a cross-encoder adds to a search: `python -m eval.reranker_cost [--folder DIRECTORY]`.

Without a folder it builds one of the size of a small multilingual model, with random weights: that
costs what a trained one costs, and says nothing of how well one ranks. It asks the index of the
home, which must not be open elsewhere.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np

from eval.needs import read_needs
from search.errors import EngineUnavailable, TamyeezError
from search.model import Language, Query
from search.opening import open_parts, service_of
from search.reranking import LoadReranker, Reranker, no_reranker, reranker_loader
from search.service import SearchService
from search.settings import Settings, load_settings

QUERIES = 40  # of the development part
LAYERS, WIDTH, PIECES = 12, 384, 8_000  # pieces: of the tokenizer trained for the random model
_WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def write_random_model(folder: Path, texts: Sequence[str], layers: int, width: int) -> None:
    """Write a cross-encoder with random weights and a tokenizer trained on `texts`.

    Raises EngineUnavailable where transformers is not installed.
    """
    try:
        import torch  # noqa: PLC0415 - an extra
        from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415
        from transformers import (  # noqa: PLC0415
            BertConfig,
            BertForSequenceClassification,
            BertTokenizer,
        )
    except ImportError as exc:
        raise EngineUnavailable(
            "A cross-encoder needs sentence-transformers, which is not installed. "
            "Run `make models`."
        ) from exc
    import_module("transformers.utils.logging").disable_progress_bar()
    trained = BertWordPieceTokenizer(lowercase=True, strip_accents=False)
    trained.train_from_iterator(
        texts, vocab_size=PIECES, special_tokens=list(_WORDS), show_progress=False
    )
    folder.mkdir(parents=True, exist_ok=True)
    trained.save_model(str(folder))
    BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=512).save_pretrained(folder)
    torch.manual_seed(0)
    shape = BertConfig(
        vocab_size=PIECES,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=max(1, width // 32),
        intermediate_size=4 * width,
    )
    shape.num_labels = 1
    BertForSequenceClassification(shape).save_pretrained(folder)


def milliseconds(service: SearchService, queries: Sequence[str]) -> list[float]:
    """Return how long each query takes, asked one after another, once warm."""
    service.warm_up()
    service.search(Query(queries[0]))
    times = []
    for query in queries:
        started = time.perf_counter()
        service.search(Query(query))
        times.append((time.perf_counter() - started) * 1000)
    return times


def main(arguments: Sequence[str]) -> int:
    """Print what the stage adds; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.reranker_cost", description=__doc__)
    parser.add_argument("--folder", help="a cross-encoder; without it one is built")
    parser.add_argument("--first", type=int, default=20, help="how many results it reads")
    named = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as built:
            _print_cost(load_settings(), named.folder, Path(built) / "random", named.first)
    except TamyeezError as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


def _print_cost(settings: Settings, folder: str | None, built: Path, first: int) -> None:
    parts = open_parts(settings)
    needs = [need for need in read_needs() if need.part == "dev"]
    queries = [need.queries[of] for need in needs for of in Language][:QUERIES]
    if folder is None:
        works = [work.id for work in parts.catalogue.instruments()]
        units = [unit.id for work in works for unit in parts.catalogue.provisions_of(work)]
        held = parts.catalogue.expressions_of(units)
        texts = [expression.text for of in held.values() for expression in of]
        write_random_model(built, texts, LAYERS, WIDTH)
    load = reranker_loader(folder or str(built), first)
    stages: list[LoadReranker] = [no_reranker]  # one service, as the index is open only once

    def stage() -> Reranker | None:
        return stages[-1]()

    service = service_of(replace(parts, load_reranker=stage))
    without = milliseconds(service, queries)
    stages.append(load)
    with_it = milliseconds(service, queries)
    added = np.subtract(with_it, without)
    for name, times in (("without", without), ("with it", with_it), ("added", added)):
        p50, p95 = np.percentile(times, (50, 95))
        print(f"{name:8} p50 {p50:7.0f} ms   p95 {p95:7.0f} ms   ({len(queries)} queries)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
