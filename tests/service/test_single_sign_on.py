"""Single sign-on against a small OpenID Connect provider that runs in the test."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from search.accounts import Accounts
from search.accounts.single_sign_on import HOLDS_S, SingleSignOn, subject_of
from search.accounts.store import AccountStore
from search.audit import Trail
from search.errors import EngineUnavailable, NotSignedIn
from search.settings import Provider, Secret
from tests.service.asgi_client import Client
from tests.service.fake_service import FakeService
from web.app import create_app
from web.gate import Door

SECRET = "ab" * 32
CLIENT, CLIENT_SECRET, SUBJECT = "tamyeez", "s3cret", "person-7"


class SmallProvider:
    """Signs in one person at once. `spoil` changes the claims, `key` signs them."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key: RSAKey | OctKey = RSAKey.generate_key(2048, {"kid": "1"})
        self.public = RSAKey.import_key(self.key.as_dict(private=False))
        self.algorithm = "RS256"
        self.spoil: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}  # by code

    def answer(self, method: str, path: str, sent: dict[str, str], header: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            return {"keys": [self.public.as_dict(private=False, kid="1")]}
        if path == "/authorize":
            self.asked["the-code"] = sent
            return f"{sent['redirect_uri']}?code=the-code&state={sent['state']}"
        return self._token(sent, header)

    def _token(self, sent: dict[str, str], header: str) -> Any:
        asked = self.asked.pop(sent.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or header != f"Basic {known}" or asked["code_challenge"] != challenge:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.spoil,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(
            {"alg": self.algorithm, "kid": "1"}, claims, self.key, algorithms=[self.algorithm]
        )
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def provider() -> Iterator[SmallProvider]:
    small = SmallProvider()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            sent = {name: values[0] for name, values in parse_qs(body or parts.query).items()}
            said = small.answer(
                self.command, parts.path, sent, self.headers.get("Authorization", "")
            )
            data = b"" if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(302 if isinstance(said, str) else 400 if "error" in said else 200)
            if isinstance(said, str):
                self.send_header("Location", said)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _handle  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    small.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield small
    server.shutdown()
    server.server_close()
    thread.join()


def settings_of(provider: SmallProvider) -> Provider:
    return Provider(provider.issuer, CLIENT, Secret(CLIENT_SECRET), "http://test")


class Installation:
    """An application with accounts and a provider, and a browser before it."""

    def __init__(self, provider: SmallProvider, home: Path) -> None:
        self.accounts = Accounts(AccountStore(home))
        door = Door(self.accounts, SECRET, False, SingleSignOn(settings_of(provider), SECRET))
        self.client = Client(create_app(FakeService(), "9.9.9", trail=Trail(home), door=door))
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> httpx.Response:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.client.get(path, **({"cookie": held} if held else {}))
        for line in answer.headers.get_list("set-cookie"):
            self.cookies |= {name: of.value for name, of in SimpleCookie(line).items()}
        return answer

    def journey(self, goal: str = "/ar/laws") -> httpx.Response:
        """Go to the provider and come back."""
        sent = self.get(f"/ar/sign-in/sso?next={goal}")
        assert sent.status_code == 303, sent.text
        back = httpx.get(sent.headers["location"], trust_env=False).headers["location"]
        return self.get(back.removeprefix("http://test"))


@pytest.fixture
def installation(provider: SmallProvider, tmp_path: Path) -> Iterator[Installation]:
    made = Installation(provider, tmp_path)
    yield made
    made.accounts.close()


def test_whom_the_provider_names_is_let_in(
    installation: Installation, provider: SmallProvider
) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    back = installation.journey()
    assert (back.status_code, back.headers["location"]) == (303, "/ar/laws")
    assert installation.get("/ar/laws").status_code == 200
    assert installation.get("/ar/trail").status_code == 403
    assert "/sign-in/sso" in installation.client.get("/ar/sign-in").text


def test_whom_nobody_here_knows_is_not(installation: Installation) -> None:
    refused = installation.journey()
    assert refused.status_code == 401
    assert "tamyeez" not in installation.cookies


def test_a_disabled_account_stays_outside(
    installation: Installation, provider: SmallProvider
) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    installation.accounts.disable("salem")
    assert installation.journey().status_code == 401


def test_nobody_is_led_to_another_site(installation: Installation, provider: SmallProvider) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    assert installation.journey("https://evil.example/").headers["location"] == "/ar/"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"iss": "https://other.example"},
        {"aud": "another-client"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"exp": 1_500_000_000},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
    ],
)
def test_a_token_that_is_not_for_us_is_refused(
    installation: Installation, provider: SmallProvider, spoilt: dict[str, Any]
) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    provider.spoil = spoilt
    assert installation.journey().status_code == 401


def test_a_token_signed_by_another_key_is_refused(
    installation: Installation, provider: SmallProvider
) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    provider.key = RSAKey.generate_key(2048, {"kid": "1"})
    assert installation.journey().status_code == 401


def test_a_token_signed_with_the_public_key_as_secret_is_refused(
    installation: Installation, provider: SmallProvider
) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    provider.key = OctKey.import_key(json.dumps(provider.public.as_dict(private=False)))
    provider.algorithm = "HS256"
    assert installation.journey().status_code == 401


def test_an_answer_for_another_browser_is_refused(
    installation: Installation, provider: SmallProvider, tmp_path: Path
) -> None:
    installation.accounts.add("salem", ["judge"], subject_of(provider.issuer, SUBJECT))
    sent = installation.get("/ar/sign-in/sso")
    back = httpx.get(sent.headers["location"], trust_env=False).headers["location"]
    for kept in ("", "x" * 40, installation.cookies["tamyeez-sso"][:-4] + "AAAA"):
        installation.cookies["tamyeez-sso"] = kept
        assert installation.get(back.removeprefix("http://test")).status_code == 401


def test_what_the_browser_keeps_holds_for_a_while(
    provider: SmallProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sso = SingleSignOn(settings_of(provider), SECRET)
    journey = sso.begin("/ar/sign-in/back", "")
    state = parse_qs(urlsplit(journey.address).query)["state"][0]
    later = time.time() + HOLDS_S + 5
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(NotSignedIn, match="too long"):
        sso.end("/ar/sign-in/back", {"state": state, "code": "the-code"}, journey.kept)


def test_a_provider_that_is_another_or_silent_is_told(provider: SmallProvider) -> None:
    other = Provider(f"{provider.issuer}/realm", CLIENT, Secret(""), "http://test")
    with pytest.raises(EngineUnavailable, match="TAMYEEZ_OIDC_ISSUER"):
        SingleSignOn(other, SECRET).begin("/x", "")
    silent = Provider("http://127.0.0.1:9", CLIENT, Secret(""), "http://test")
    with pytest.raises(EngineUnavailable, match="does not answer"):
        SingleSignOn(silent, SECRET).begin("/x", "")


def test_without_a_provider_there_is_no_such_page(tmp_path: Path) -> None:
    door = Door(Accounts(AccountStore(tmp_path)), SECRET, False)
    client = Client(create_app(FakeService(), "9.9.9", door=door))
    assert client.get("/ar/sign-in/sso").status_code == 404
    assert client.get("/ar/sign-in/back").status_code == 404
