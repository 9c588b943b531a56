"""Who asks too often is told to wait, and nobody else; without a setting nobody is."""

from __future__ import annotations

import pytest

from search.access import Reader, acting_as
from search.errors import BadSetting
from search.settings import load_settings
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from web import i18n
from web.app import create_app
from web.rate import MAX_READERS, Allowances

ONE, OTHER = ("", "10.0.0.1"), ("", "10.0.0.2")


class Clock:
    """A clock that stands until it is moved; in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_requests_come_back_with_time() -> None:
    clock = Clock()
    allowed = Allowances(60, clock)
    assert [allowed.take(ONE) for _ in range(60)] == [0] * 60
    assert allowed.take(ONE) == 1
    assert allowed.take(OTHER) == 0
    clock.now += 0.5
    assert allowed.take(ONE) == 1  # a refusal costs nothing, and half a request is none
    clock.now += 0.5
    assert allowed.take(ONE) == 0
    clock.now += 3600
    assert [allowed.take(ONE) for _ in range(61)].count(0) == 60  # no more than a minute's


def test_the_wait_told_is_long_enough() -> None:
    clock = Clock()
    allowed = Allowances(10, clock)
    for _ in range(10):
        allowed.take(ONE)
    clock.now += allowed.take(ONE)
    assert allowed.take(ONE) == 0


def test_readers_remembered_are_limited() -> None:
    allowed = Allowances(10, Clock())
    for n in range(MAX_READERS + 10):
        allowed.take(("", str(n)))
    assert len(allowed._left) == MAX_READERS


@pytest.mark.parametrize(("path", "language"), [("/ar/laws", "ar"), ("/api/instruments", "en")])
def test_the_answer_says_when_to_ask_again(path: str, language: str) -> None:
    client = Client(create_app(FakeService(), "9.9.9", rate=10))
    answers = [client.get(path) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    refused = answers[-1]
    assert 1 <= int(refused.headers["retry-after"]) <= 6
    sentence = i18n.CATALOGUES[language]["error.too-many-requests"]
    if path.startswith("/api/"):
        assert refused.json() == {"code": "too-many-requests", "detail": sentence}
    else:
        assert str(sentence) in refused.text
    assert "default-src 'self'" in refused.headers["content-security-policy"]
    assert client.get("/static/tamyeez.css").status_code == 200


def test_colleagues_behind_one_proxy_do_not_share_a_limit() -> None:
    client = Client(create_app(FakeService(), "9.9.9", rate=10))
    for name in ("first", "second"):
        reader = Reader(name, name, (), frozenset({"read"}))
        with acting_as(reader):
            assert {client.get("/api/instruments").status_code for _ in range(10)} == {200}
            assert client.get("/api/instruments").status_code == 429


def test_without_a_setting_there_is_no_limit() -> None:
    assert load_settings({}).rate == 0
    client = Client(create_app(FakeService(), "9.9.9"))
    assert {client.get("/api/instruments").status_code for _ in range(40)} == {200}


@pytest.mark.parametrize("wrong", ["9", "-1", "1e3", "100000", "many"])
def test_a_wrong_setting_is_named(wrong: str) -> None:
    with pytest.raises(BadSetting, match="TAMYEEZ_RATE"):
        load_settings({"TAMYEEZ_RATE": wrong})
