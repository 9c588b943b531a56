"""Every door, for every role: what the matrix says is what the server and the command do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from search.access import ANYBODY, OPERATOR, acting_as, matrix
from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.audit import Trail
from search.errors import NotPermitted
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from web.app import create_app
from web.cli import build_parser
from web.cli.common import reader_of
from web.gate import Door

OPERATOR_SECRET = "0" * 64
ROLES = tuple(matrix().roles)
# Outside the application: web/operation answers them before it is asked.
BEFORE_THE_GATE = {"GET /healthz", "GET /readyz", "GET /metrics"}


class Anything:
    """Stands for a part whose answers do not matter here; whatever is asked of it fails."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __call__(self, *_: object, **__: object) -> Any:
        raise RuntimeError("the door was open")


class NoAlerts:
    """What every page's header asks, before and behind the door."""

    def total(self, owner: str) -> int:
        return 0


class AnyWork(Anything):
    alerts = NoAlerts()


class AnyCabinet:
    work = AnyWork()
    signer = Anything()
    collection = Anything()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("matrix")


@pytest.fixture(scope="module")
def accounts(home: Path) -> Iterator[Accounts]:
    made = Accounts(AccountStore(home))
    yield made
    made.close()


@pytest.fixture(scope="module")
def tokens(accounts: Accounts) -> dict[str, str]:
    for role in ROLES:
        accounts.add(f"one-{role}", [role], subject=f"test {role}")
    everything = sorted(matrix().all)
    return {role: accounts.add_token(f"one-{role}", "test", everything, 1) for role in ROLES}


@pytest.fixture(scope="module")
def app(home: Path, accounts: Accounts) -> FastAPI:
    cabinet: Any = AnyCabinet()
    desk: Any = Anything()
    door = Door(accounts, OPERATOR_SECRET, secure=False)
    library: Any = Anything()
    return create_app(FakeService(), "9.9.9", desk, cabinet, None, Trail(home), door, library)


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Return (method, path as declared) of every route."""

    def walk(found: Any) -> Iterator[tuple[str, str]]:
        for route in found:
            inner = getattr(route, "original_router", None)
            if inner is not None:
                yield from walk(inner.routes)
            elif getattr(route, "methods", None):
                for method in sorted(route.methods - {"HEAD"}):
                    yield method, route.path

    return list(walk(app.routes))


def filled(path: str) -> str:
    """Return an address of a route: some value for each of its variables."""
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda m: "1" if m[2] == ":int" else "x", path)


def test_every_route_has_a_line_and_every_line_a_route(app: FastAPI) -> None:
    declared = [(method, filled(path)) for method, path in routes(app)]
    assert len(declared) > 150
    unnamed = [f"{m} {p}" for m, p in declared if matrix().for_address(m, p) is None]
    assert unnamed == []
    opened: set[str] = set()
    for method, path in declared:
        for permission in matrix().permissions.values():
            for address in permission.addresses:
                if _fits(address, method, path):
                    opened.add(address)
    written = {a for p in matrix().permissions.values() for a in p.addresses}
    assert written - opened - BEFORE_THE_GATE == {"GET /static/**"}  # mounted, not routed


def _fits(address: str, method: str, path: str) -> bool:
    from search.access.matrix import _pattern

    return re.fullmatch(_pattern(address), f"{method} {path}") is not None


def test_no_address_is_opened_by_two_permissions(app: FastAPI) -> None:
    for method, route in routes(app):
        path = filled(route)
        opening = {
            permission.id
            for permission in matrix().permissions.values()
            for address in permission.addresses
            if _fits(address, method, path)
        }
        assert len(opening) == 1, f"{method} {path}: {sorted(opening)}"


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_every_route_opens_to_whom_the_matrix_says(
    app: FastAPI, tokens: dict[str, str], role: str
) -> None:
    client = Client(app)
    bearer = {"authorization": f"Bearer {tokens[role]}"} if role != "nobody" else {}
    may = matrix().of_roles([role])
    wrong = []
    for method, route in routes(app):
        path = filled(route)
        if role == "nobody" and method != "GET":
            bearer = {"sec_fetch_site": "same-origin"}
        answer = client.request(method, path, **bearer)
        needed = matrix().for_address(method, path)
        turned_away = answer.status_code in (401, 403) or (
            answer.status_code == 303 and "/sign-in?" in answer.headers["location"]
        )
        # Without the fields a door asks for, it may refuse what was sent: not who sent it.
        if turned_away and answer.status_code == 401 and needed == ANYBODY:
            turned_away = False
        if needed == "account" and role != "nobody":
            continue  # asks for the session of a person, which a token is not: tested below
        if turned_away == (needed in may):
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []


def test_an_address_no_line_names_is_not_answered(app: FastAPI, tokens: dict[str, str]) -> None:
    client = Client(app)
    for path in ("/ar/unheard-of", "/api/unheard-of", "/admin", "/ar//laws", "/AR/laws"):
        answer = client.get(path, authorization=f"Bearer {tokens['administrator']}")
        assert answer.status_code == 404


def test_the_operator_is_let_in_by_the_secret_alone(app: FastAPI) -> None:
    client = Client(app)
    right = client.get("/api/status", authorization=f"Bearer {OPERATOR_SECRET}")
    assert right.status_code == 200
    for wrong in ("1" * 64, "", OPERATOR_SECRET[:-1], f"{OPERATOR_SECRET} "):
        answer = client.get("/api/status", authorization=f"Bearer {wrong}x")
        assert answer.status_code == 401


def test_every_command_has_a_line(home: Path) -> None:
    parser = build_parser()
    actions = next(a for a in parser._actions if a.dest == "command")
    assert actions.choices is not None
    assert {c for c in actions.choices if matrix().for_command(c) is None} == set()
    named = {c for p in matrix().permissions.values() for c in p.commands}
    assert named == set(actions.choices)


@pytest.mark.parametrize("role", ROLES)
def test_every_command_is_run_for_whom_the_matrix_says(
    home: Path, tokens: dict[str, str], role: str
) -> None:
    settings = load_settings({"TAMYEEZ_HOME": str(home), "TAMYEEZ_TOKEN": tokens[role]})
    may = matrix().of_roles([role])
    for permission in matrix().permissions.values():
        for command in permission.commands:
            if permission.id in may:
                assert reader_of(settings, command).name == f"one-{role}"
            else:
                with pytest.raises(NotPermitted):
                    reader_of(settings, command)


@pytest.mark.parametrize("role", ROLES)
def test_the_service_asks_again_behind_every_door(
    accounts: Accounts, tokens: dict[str, str], role: str
) -> None:
    from search.access import require

    reader = accounts.reader_of_token(tokens[role])
    assert reader is not None
    with acting_as(reader):
        for permission in matrix().permissions:
            if permission in matrix().of_roles([role]):
                assert require(permission) is reader
            else:
                with pytest.raises(NotPermitted):
                    require(permission)
    assert OPERATOR.permissions == matrix().all


def test_restriction_goes_with_the_role() -> None:
    seeing = {role for role in ROLES if "restricted" in matrix().of_roles([role])}
    assert seeing == {"prosecutor", "judge", "librarian"}
    unreviewed = {role for role in ROLES if "unreviewed" in matrix().of_roles([role])}
    assert unreviewed == {"librarian"}
