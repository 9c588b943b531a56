"""Which names a server answers to, and which settings of its operation are refused."""

from __future__ import annotations

import pytest

from search.errors import BadSetting
from search.settings import LogForm, MetricsFor, VectorsKept, load_settings
from web.operation.hosts import name_in, names_for


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8000", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("[::1]", "::1"),
        ("search.ministry.example.", "search.ministry.example"),
        ("", None),
        ("a b", None),
        ("user@localhost", None),
        ("localhost:99999999", None),
        ("localhost/evil", None),
        ("localhost,evil.example", None),
    ],
)
def test_a_host_header_gives_one_name(header: str, name: str | None) -> None:
    assert name_in(header) == name


def test_a_server_is_known_by_loopbacks_names_its_address_and_those_given() -> None:
    names = names_for("10.0.0.7", ("Search.Ministry.Example", "[fd00::7]"))
    assert {"localhost", "127.0.0.1", "::1", "10.0.0.7", "fd00::7"} <= names
    assert "search.ministry.example" in names
    assert "evil.example" not in names


def test_the_settings_of_operation_have_safe_defaults() -> None:
    settings = load_settings({})
    assert settings.hosts == ()
    assert settings.log is LogForm.TEXT
    assert settings.metrics is MetricsFor.LOOPBACK
    assert settings.qdrant_layout.shards == settings.qdrant_layout.replicas == 1
    assert settings.qdrant_layout.vectors is VectorsKept.MEMORY


def test_names_are_given_with_commas() -> None:
    assert load_settings({"TAMYEEZ_HOSTS": " a.example, [::1] ,10.0.0.7,"}).hosts == (
        "a.example",
        "[::1]",
        "10.0.0.7",
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TAMYEEZ_HOSTS", "a.example:443", "no ports"),
        ("TAMYEEZ_HOSTS", "*", "no ports"),
        ("TAMYEEZ_LOG", "xml", "text or json"),
        ("TAMYEEZ_METRICS", "yes", "loopback, all or off"),
        ("TAMYEEZ_QDRANT_SHARDS", "0", "from 1 to 64"),
        ("TAMYEEZ_QDRANT_SHARDS", "٢", "from 1 to 64"),
        ("TAMYEEZ_QDRANT_REPLICAS", "9", "from 1 to 8"),
        ("TAMYEEZ_QDRANT_VECTORS", "ssd", "memory, disk or quantised"),
    ],
)
def test_a_wrong_value_names_its_setting(name: str, value: str, says: str) -> None:
    with pytest.raises(BadSetting, match=says) as caught:
        load_settings({name: value})
    assert str(caught.value).startswith(name)
