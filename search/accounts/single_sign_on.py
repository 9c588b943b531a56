"""Single sign-on by OpenID Connect: the authorisation code flow with PKCE.

The provider says who a person is; what they may do is said here, by their account. What must be
remembered while a reader is with the provider is sealed and kept by their own browser, so that any
process can go on.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from search.errors import EngineUnavailable, NotSignedIn
from search.settings import Provider

WAIT_S = 10.0
HOLDS_S = 600  # from being sent to the provider to coming back
LEEWAY_S = 60  # between the clocks of two machines
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # never "none", never a shared secret


@dataclass(frozen=True, slots=True)
class Journey:
    """Where a reader is sent, and what their browser keeps meanwhile."""

    address: str
    kept: str


def subject_of(issuer: str, subject: str) -> str:
    """Return what an account is linked to: a provider's subject is unique with it alone."""
    return f"{issuer.rstrip('/')} {subject}"


class SingleSignOn:
    """One provider. Safe to use from several threads and processes."""

    def __init__(
        self, provider: Provider, secret: str, transport: Callable[[], Any] | None = None
    ) -> None:
        """Ask nothing yet. `secret` seals what browsers keep; `transport` is for tests."""
        # Heavy to import, and few installations have a provider.
        from cryptography.fernet import Fernet  # noqa: PLC0415

        self._provider = provider
        self._seal = Fernet(base64.urlsafe_b64encode(bytes.fromhex(secret)))
        self._transport = transport
        self._described: Mapping[str, Any] | None = None

    def begin(self, path: str, goal: str) -> Journey:
        """Return where to send a reader; `path` is our page they return to.

        Raises EngineUnavailable where the provider cannot be reached.
        """
        from authlib.common.security import generate_token  # noqa: PLC0415

        kept = {name: generate_token(48) for name in ("state", "nonce", "verifier")}
        with self._client(path) as client:
            address, _ = client.create_authorization_url(
                self._description(client)["authorization_endpoint"],
                state=kept["state"],
                nonce=kept["nonce"],
                code_verifier=kept["verifier"],
            )
        sealed = self._seal.encrypt(json.dumps({**kept, "goal": goal}).encode())
        return Journey(str(address), sealed.decode("ascii"))

    def end(self, path: str, answer: Mapping[str, str], kept: str) -> tuple[str, str]:
        """Return (whom the provider names, what the reader wanted).

        `answer` is what the provider sent back with the reader. Raises NotSignedIn,
        EngineUnavailable.
        """
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415

        pending = self._opened(kept)
        if not hmac.compare_digest(answer.get("state", "").encode(), pending["state"].encode()):
            raise _refused("it was not begun in this browser")
        if not answer.get("code"):
            raise _refused("the provider refused it")
        with self._client(path) as client:
            described = self._description(client)
            try:
                token = client.fetch_token(
                    described["token_endpoint"],
                    code=answer["code"],
                    code_verifier=pending["verifier"],
                )
                keys = _keys(client, described["jwks_uri"])
                claims = self._claims(str(token["id_token"]), keys, pending["nonce"])
            except AuthlibBaseError as exc:
                raise _refused("the provider gave no token") from exc
            except (ValueError, KeyError, TypeError) as exc:
                raise _refused("the provider's answer is not valid") from exc
        return subject_of(self._provider.issuer, str(claims["sub"])), pending["goal"]

    def _claims(self, token: str, keys: Any, nonce: str) -> Mapping[str, Any]:
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        wanted = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._provider.issuer},
            aud={"essential": True, "value": self._provider.client},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
            wanted.validate(decoded.claims)
        except JoseError as exc:
            raise _refused("the provider's token is not valid") from exc
        return decoded.claims

    def _opened(self, kept: str) -> Mapping[str, str]:
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        try:
            held: dict[str, str] = json.loads(self._seal.decrypt(kept.encode(), ttl=HOLDS_S))
        except (InvalidToken, ValueError) as exc:
            raise _refused("it took too long, or was not begun in this browser") from exc
        return held

    def _description(self, client: Any) -> Mapping[str, Any]:
        """Return what the provider says of itself, asked once; its name must be the one set."""
        if self._described is None:
            import httpx2  # noqa: PLC0415

            address = f"{self._provider.issuer}/.well-known/openid-configuration"
            try:
                answer = client.request("GET", address, withhold_token=True)
                answer.raise_for_status()
                told = answer.json()
                known = str(told["issuer"]).rstrip("/") == self._provider.issuer
            except (httpx2.HTTPError, ValueError, KeyError, TypeError) as exc:
                raise self._unreachable() from exc
            if not known:
                raise self._unreachable()
            self._described = told
        return self._described

    def _client(self, path: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415

        return OAuth2Client(
            client_id=self._provider.client,
            client_secret=str(self._provider.secret) or None,
            scope="openid",
            redirect_uri=f"{self._provider.url}{path}",
            code_challenge_method="S256",
            timeout=WAIT_S,
            trust_env=False,
            **({"transport": self._transport()} if self._transport else {}),
        )

    def _unreachable(self) -> EngineUnavailable:
        return EngineUnavailable(
            f"The provider {self._provider.issuer} does not answer as OpenID Connect has it. "
            "Check TAMYEEZ_OIDC_ISSUER and that it can be reached.",
            name=self._provider.issuer,
        )


def _keys(client: Any, address: str) -> Any:
    return client.request("GET", address, withhold_token=True).json()


def _refused(why: str) -> NotSignedIn:
    return NotSignedIn(f"The sign-in did not succeed: {why}. Begin it again.")
