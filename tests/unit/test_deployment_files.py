"""The unit and the Containerfile keep what docs/delivery.md promises."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT

DEPLOY = ROOT / "deploy"


def test_the_unit_is_valid(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    prefix = tmp_path / "prefix"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "bin" / "tamyeez").write_text("#!/bin/sh\n")
    (prefix / "bin" / "tamyeez").chmod(0o755)
    unit = tmp_path / "tamyeez.service"
    unit.write_text((DEPLOY / "tamyeez.service").read_text().replace("/opt/tamyeez", str(prefix)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "tamyeez" in line]
    assert (done.returncode, ours) == (0, [])
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout.splitlines()[-1]


def test_the_unit_gives_nothing_away() -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "tamyeez.service")
    service = unit["Service"]
    assert service["User"] == "tamyeez"
    assert service["ExecStart"].startswith("/opt/tamyeez/bin/tamyeez serve ")
    assert "TAMYEEZ_HOST=127.0.0.1" in service["Environment"]
    hardened = {
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "StateDirectoryMode": "0700",
        "UMask": "0077",
    }
    assert {name: service[name] for name in hardened} == hardened


def test_the_settings_file_sets_nothing_and_names_only_settings() -> None:
    from search.settings import SETTINGS

    lines = (DEPLOY / "tamyeez.env").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
    named = {found[1] for line in lines if (found := re.match(r"#(TAMYEEZ_\w+)=", line))}
    known = {setting.name for setting in SETTINGS} | {"TAMYEEZ_HOST", "TAMYEEZ_PORT"}
    assert named <= known


def test_the_image_is_made_offline_and_runs_as_nobody_s_root() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    steps = [line for line in text.splitlines() if line and not line.startswith("#")]
    whole = "\n".join(steps)
    assert re.search(r"^USER 10001:10001$", whole, re.MULTILINE)
    assert "HEALTHCHECK" in whole
    assert "/healthz" in whole
    assert "sh /bundle/install" in whole
    assert not re.search(r"\b(apt|apt-get|pip|curl|wget)\b|https://", whole)
    assert whole.index("sh /bundle/install") < whole.index("USER ")  # the release is root's
    assert "TAMYEEZ_ACCOUNTS=on" in whole
