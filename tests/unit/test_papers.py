"""README and packaging say what the code does."""

from __future__ import annotations

import importlib.metadata
import re

from search.settings import SETTINGS, load_settings
from tests.support import ROOT
from web.cli import build_parser

README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_the_settings_table_is_the_codes() -> None:
    rows = [
        f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.help} |" for s in SETTINGS
    ]
    table = [line for line in README.splitlines() if line.startswith("| `TAMYEEZ_")]
    assert table == rows


def test_every_command_is_in_the_readme() -> None:
    commands = re.findall(r"^    (\w+) ", build_parser().format_help(), re.MULTILINE)
    assert len(commands) >= 7
    for command in commands:
        assert f"`tamyeez {command}" in README


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    for target in set(re.findall(r"make ([a-z]+(?:-[a-z]+)?)", README)):
        assert target in targets
    contract = {"install", "run", "test", "lint", "models", "eval", "bench", "check-corpus"}
    assert contract <= targets


def test_the_plain_package_names_are_ours_alone() -> None:
    owners = importlib.metadata.packages_distributions()
    for package in ("search", "ingest", "eval", "web"):
        assert set(owners.get(package, ["tamyeez"])) == {"tamyeez"}


def test_every_runtime_requirement_is_pinned_and_explained() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower()
    decisions = (ROOT / "docs" / "decisions.md").read_text("utf-8").lower()
    for requirement in importlib.metadata.requires("tamyeez") or []:
        name = re.split(r"[\[<>=~; ]", requirement, maxsplit=1)[0].lower()
        if name == "editables":  # the build backend's own, for an editable installation
            continue
        assert re.search(rf"^{re.escape(name)}==", pins.replace("_", "-"), re.MULTILINE), name
        if "extra ==" not in requirement:
            assert name in decisions, name


def test_a_secret_does_not_show_itself() -> None:
    settings = load_settings({"TAMYEEZ_QDRANT_API_KEY": "hush"})
    assert settings.qdrant_api_key == "hush"
    assert "hush" not in repr(settings)
