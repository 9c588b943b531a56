"""Send what the OpenAPI description allows, and what it does not, as every role and as nobody.

    python -m tests.bench.schema --examples 100

schemathesis makes the requests from the description: each operation is asked with values of the
kinds it names and with others, half of them with ids that are held, by each of the six roles and
by somebody who is not signed in. No answer may be a failure of the server (5xx), and none may have
a status, a type, headers or a shape that the description does not give. Ends with 1 if any has.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as conformance

from search.access import matrix
from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.audit import Trail
from search.cabinet import open_cabinet
from search.clearance import for_readers
from search.opening import open_parts, service_of
from search.settings import load_settings
from tests.support import environment, tamyeez
from web.app import create_app
from web.gate import Door

NOBODY = "nobody"
_UNITS = ("kw-law-2013-91/art-2", "kw-law-2013-91/art-13", "un-protocol-2000-trafficking/art-3")
_LAWS = ("kw-law-2013-91", "un-protocol-2000-trafficking")
# What is held, by operation (its beginning decides) and parameter.
HELD: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "/api/instruments": {"id": _LAWS},
    "/api/provisions": {"id": _UNITS},
    "/api/judgments": {"id": ("kw-training-0001-a", "kw-training-0001-b")},
    "/api/concepts": {"id": ("forced-labour", "consent")},
    "/api/compare": {"left": _UNITS, "right": _UNITS},
    "/api/re": {"id": _UNITS, "q": ("passport withheld", "حجز جواز السفر")},
    "/api/linked-data": {"id": _UNITS},
    "/api/search": {"q": ("passport withheld", "المادة ٢ من القانون ٩١ لسنة ٢٠١٣")},
    "/api/cite": {"text": ("م ١٣ ق ٩١ لسنة ٢٠١٣",)},
}
# Not those of what is accepted: a value of the right kind may be refused for what it means.
CHECKS = [
    not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]


@dataclass(slots=True)
class Answered:
    """What came of the requests: how many by role and status, and what was wrong, told once."""

    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        """How many were sent."""
        return sum(sum(of.values()) for of in self.statuses.values())


def ask_everything(
    app: FastAPI, tokens: Mapping[str, str], examples: int, seed: int = 7
) -> Answered:
    """Ask every operation so often, in right and in wrong ways, as each role and as nobody."""
    readers: dict[str, dict[str, str]] = {
        role: {"Authorization": f"Bearer {token}"} for role, token in tokens.items()
    } | {NOBODY: {}}
    schema = schemathesis.openapi.from_asgi(
        "/openapi.json", app, headers=next(iter(readers.values()))
    )
    answered, draw = Answered({role: Counter() for role in readers}), random.Random(seed)
    for operation in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for case in _cases(operation.ok(), mode, examples):
                if draw.random() < 0.5:
                    _put_held(case, draw)
                for role, headers in readers.items():
                    _ask(case, role, headers, answered)
    return answered


def _cases(operation: Any, mode: GenerationMode, count: int) -> list[schemathesis.Case]:
    """Return so many requests of an operation, the same in every run."""
    made: list[schemathesis.Case] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def keep(case: schemathesis.Case) -> None:
        made.append(case)

    # An operation without parameters has nothing that could be wrong.
    with suppress(Unsatisfiable):
        keep()
    return made


def _put_held(case: schemathesis.Case, draw: random.Random) -> None:
    """Put ids that are held in the place of generated ones: else little but 404 is seen."""
    for beginning, held in HELD.items():
        if case.path.startswith(beginning):
            for name, values in held.items():
                for where in (case.path_parameters, case.query):
                    if isinstance(where, dict) and name in where:
                        where[name] = draw.choice(values)


def _ask(
    case: schemathesis.Case, role: str, headers: Mapping[str, str], answered: Answered
) -> None:
    answer = case.call(headers=dict(headers))
    answered.statuses[role][answer.status_code] += 1
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as failures:
        for failure in failures.exceptions:
            told = f"{case.method} {case.path} as {role}: {answer.status_code}"
            answered.faults.setdefault(told, f"{failure}\n{case.as_curl_command()}"[:2000])


@contextmanager
def opened(home: Path) -> Iterator[tuple[FastAPI, dict[str, str]]]:
    """Open the application over a home folder with an account of each role; give their tokens."""
    parts = open_parts(load_settings(environment(home)), threads=1)
    whole = service_of(parts)
    whole.warm_up()
    service, accounts = for_readers(whole), Accounts(AccountStore(home))
    cabinet = open_cabinet(home, service)
    tokens = {}
    for role in matrix().roles:
        accounts.add(f"schema-{role}", [role], subject=f"schema {role}")
        tokens[role] = accounts.add_token(f"schema-{role}", "schema", sorted(matrix().all), 1)
    with closing(service), closing(cabinet), closing(accounts):
        door = Door(accounts, "0" * 64, secure=False)
        yield create_app(service, "0", None, cabinet, None, Trail(home), door), tokens


def main() -> int:
    """Ask and print; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description="Ask all the OpenAPI describes, as every role.")
    parser.add_argument("--examples", type=int, default=100, help="of each operation and mode")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assert tamyeez(Path(folder), "ingest", "--quiet").returncode == 0
        with opened(Path(folder)) as (app, tokens):
            answered = ask_everything(app, tokens, args.examples)
    for role, of in answered.statuses.items():
        statuses = ", ".join(f"{n:,} × {status}" for status, n in sorted(of.items()))
        print(f"{role}: {statuses}")
    print(f"{answered.requests:,} requests, {len(answered.faults)} faults")
    for told, why in answered.faults.items():
        print(f"\n{told}\n{why}")
    return 1 if answered.faults else 0


if __name__ == "__main__":
    sys.exit(main())
