"""The installer: a bundle is whole or refused; releases lie side by side; data are not touched."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.bundling import pin_of, requirements, write_archive, write_sums
from deploy.installer import data, main
from deploy.installer.checking import Bundle, Refusal, check_bundle, read_sums
from deploy.installer.releases import Places, Releases
from tests.support import ROOT

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
# Stands in for the command: says which release runs and where the data are.
FAKE = """\
#!/bin/sh
case "$1" in
    status) cat "$TAMYEEZ_HOME/answer"; exit "$(cat "$TAMYEEZ_HOME/code")";;
    backup) [ -f "$TAMYEEZ_HOME/full" ] && { echo 'tamyeez: no room' >&2; exit 1; }
        echo copied >"$2";;
    *) echo "$0|$TAMYEEZ_HOME|$TAMYEEZ_CORPUS|$*";;
esac
"""


def make_bundle(folder: Path, version: str = "0.2.0", **said: object) -> Path:
    """A bundle in miniature: everything but wheels."""
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "edition.yaml").write_text(f"of {version}")
    (folder / "deploy").mkdir()
    (folder / "deploy" / "tamyeez.env").write_text("#")
    (folder / "wheels").mkdir()
    (folder / "wheels" / "x-1-py3-none-any.whl").write_bytes(b"wheel" * 1000)
    (folder / "requirements.txt").write_text("")
    shutil.copytree(
        ROOT / "deploy" / "installer",
        folder / "installer",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "deploy" / "install", folder / "install")
    release = {
        "version": version,
        "pythons": [PYTHON],
        "machine": os.uname().machine,
        "edition": 1,
        **said,
    }
    (folder / "release.json").write_text(json.dumps(release))
    write_sums(folder)
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return make_bundle(tmp_path / "bundle")


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    """Releases whose environments hold one script instead of a hundred packages."""

    def environment(_bundle: Bundle, venv: Path) -> None:
        (venv / "bin").mkdir(parents=True)
        (venv / "bin" / "tamyeez").write_text(FAKE)
        (venv / "bin" / "tamyeez").chmod(0o755)
        (venv / "bin" / "python").symlink_to(sys.executable)

    monkeypatch.setattr("deploy.installer.releases._make_environment", environment)
    return Releases(tmp_path / "opt")


def installed(releases: Releases, folder: Path, home: Path) -> str:
    name = releases.add(check_bundle(folder), lambda _: None)
    releases.use(name, places(releases, home))
    return name


def places(releases: Releases, home: Path) -> Places:
    return Places(home, releases.prefix / "tamyeez.env")


def test_a_whole_bundle_is_accepted(bundle: Path) -> None:
    checked = check_bundle(bundle)
    assert (checked.version, checked.edition, checked.pythons) == ("0.2.0", 1, (PYTHON,))
    assert checked.name.startswith("0.2.0-")


def spoil_content(bundle: Path) -> None:
    wheel = bundle / "wheels" / "x-1-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes().replace(b"w", b"W", 1))


def spoil_by_link(bundle: Path) -> None:
    wheel = bundle / "wheels" / "x-1-py3-none-any.whl"
    wheel.rename(bundle.parent / "elsewhere.whl")
    wheel.symlink_to(bundle.parent / "elsewhere.whl")


def spoil_by_folder_link(bundle: Path) -> None:
    (bundle / "corpus").rename(bundle.parent / "corpus")
    (bundle / "corpus").symlink_to(bundle.parent / "corpus")


def list_line(line: str) -> Callable[[Path], None]:
    def spoil(bundle: Path) -> None:
        with (bundle / "SHA256SUMS").open("a") as file:
            file.write(line + "\n")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_content, "another content"),
        (spoil_by_link, "no plain file"),
        (spoil_by_folder_link, "no plain file"),
        (lambda b: (b / "release.json").unlink(), "is missing"),
        (lambda b: (b / "wheels" / "evil-1-py3-none-any.whl").write_bytes(b"x"), "not in its list"),
        (lambda b: (b / "installer" / "json.py").write_text("print('mine')"), "not in its list"),
        (lambda b: os.mkfifo(b / "wheels" / "pipe"), "no plain file"),
        (lambda b: (b / "SHA256SUMS").unlink(), "no bundle"),
        (lambda b: (b / "SHA256SUMS").write_bytes(b"\xff\xfe"), "no bundle"),
        (list_line(f"{'0' * 64}  ../outside"), "not as"),
        (list_line(f"{'0' * 64}  /etc/passwd"), "not as"),
        (list_line(f"{'0' * 64}  wheels/../../outside"), "not as"),
        (list_line(f"{'0' * 64}  release.json"), "not as"),
        (list_line("words"), "not as"),
    ],
)
def test_a_spoilt_bundle_is_refused(
    bundle: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(bundle)
    with pytest.raises(Refusal, match=said):
        check_bundle(bundle)


@pytest.mark.parametrize("version", ["../../etc", "1", "0.2.0/x", "", 3])
def test_a_version_that_is_no_folder_s_name_is_refused(tmp_path: Path, version: object) -> None:
    folder = make_bundle(tmp_path / "bundle", version=str(version))
    (folder / "release.json").write_text(
        json.dumps({"version": version, "pythons": [PYTHON], "machine": "x", "edition": 1})
    )
    write_sums(folder)
    with pytest.raises(Refusal, match="damaged"):
        check_bundle(folder)


def run_install(bundle: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(bundle / "install"), *arguments],
        env={"PATH": "/usr/bin:/bin", "PYTHON": sys.executable, "HOME": str(bundle.parent)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_script_checks_a_bundle_before_it_runs_any_of_it(bundle: Path, tmp_path: Path) -> None:
    whole = run_install(bundle, "--check")
    assert whole.returncode == 0, whole.stderr
    assert "is whole" in whole.stdout
    assert not list(bundle.rglob("__pycache__"))  # the bundle stays as it is listed
    (bundle / "installer" / "main.py").write_text("print('mine')")
    spoilt = run_install(bundle, "--prefix", str(tmp_path / "opt"))
    assert spoilt.returncode == 1
    assert "Nothing was installed" in spoilt.stderr
    assert "mine" not in spoilt.stdout
    assert not (tmp_path / "opt").exists()


def test_another_machine_or_python_is_refused(tmp_path: Path, releases: Releases) -> None:
    strange = make_bundle(tmp_path / "strange", machine="s390x")
    with pytest.raises(Refusal, match="for s390x"):
        releases.add(check_bundle(strange), print)
    older = make_bundle(tmp_path / "older", pythons=["3.4"])
    with pytest.raises(Refusal, match=r"for Python 3\.4"):
        releases.add(check_bundle(older), print)
    assert releases.names() == []


def test_releases_lie_side_by_side_and_one_is_in_use(
    tmp_path: Path, bundle: Path, releases: Releases
) -> None:
    home = tmp_path / "data"
    first = installed(releases, bundle, home)
    second = installed(releases, make_bundle(tmp_path / "newer", "0.3.0"), home)
    assert releases.names() == sorted([first, second])
    assert (releases.current(), releases.former()) == (second, first)
    command = releases.prefix / "bin" / "tamyeez"
    said = subprocess.run(
        [command, "search", "two words"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    folder = releases.prefix / "releases" / second
    assert said == f"{folder}/venv/bin/tamyeez|{home}|{folder}/corpus|search two words\n"
    assert not home.exists()


class Killed(BaseException):
    """As good as a signal: nothing catches it."""


def killed(*_: object) -> None:
    raise Killed


def launch(releases: Releases, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [releases.prefix / "bin" / "tamyeez", "x"],
        env={"PATH": "/usr/bin:/bin", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_commands_read_the_settings_of_the_service(
    tmp_path: Path, bundle: Path, releases: Releases
) -> None:
    installed(releases, bundle, tmp_path / "data")
    (releases.prefix / "tamyeez.env").write_text(
        "# a remark\nTAMYEEZ_CORPUS=/a place/$(id)\nPATH=/nowhere\nTAMYEEZ_HOME=/elsewhere\n"
    )
    said = launch(releases, TAMYEEZ_HOME="/mine").stdout
    assert said.split("|")[1:3] == ["/mine", "/a place/$(id)"]


def test_root_does_not_write_into_another_account_s_data(
    tmp_path: Path, bundle: Path, releases: Releases
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can own what is another's")
    home = tmp_path / "data"
    home.mkdir()
    installed(releases, bundle, home)
    assert launch(releases).returncode == 0
    os.chown(home, 1, 1)
    refused = launch(releases)
    assert refused.returncode == 1
    assert "sudo -u" in refused.stderr


def test_a_killed_installation_leaves_the_release_in_use(
    tmp_path: Path, bundle: Path, releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "data"
    first = installed(releases, bundle, home)
    newer = make_bundle(tmp_path / "newer", "0.3.0")
    # Killed while it copies: nothing is cleaned up, and what is there is not taken for a release.
    half = releases.prefix / "releases" / check_bundle(newer).name
    (half / "venv").mkdir(parents=True)
    (half / "venv" / "half").write_text("x")
    assert (releases.current(), releases.names()) == (first, [first])
    # Killed between its last steps: the link is the last of them.
    name = releases.add(check_bundle(newer), lambda _: None)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", killed)
        with pytest.raises(Killed):
            releases.use(name, places(releases, home))
    assert releases.current() == first
    releases.use(name, places(releases, home))
    assert (releases.current(), releases.former()) == (name, first)
    assert not (half / "venv" / "half").exists()


def test_only_one_installation_is_at_work(releases: Releases) -> None:
    with releases.alone(), pytest.raises(Refusal, match="Another installation"), releases.alone():
        pass


def manage(releases: Releases, *arguments: str) -> int:
    return main.manage([str(releases.prefix), *arguments])


def hold(home: Path, answer: str = "{}", code: int = 0) -> None:
    """Data in a home folder, and what the command `status` says of them."""
    home.mkdir(exist_ok=True)
    (home / "catalogue.sqlite").write_text("data")
    (home / "answer").write_text(answer)
    (home / "code").write_text(str(code))


def test_going_back_keeps_the_data(
    tmp_path: Path, bundle: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "data"
    first = installed(releases, bundle, home)
    assert manage(releases, "rollback") == 1
    assert "no former release" in capsys.readouterr().err
    second = installed(releases, make_bundle(tmp_path / "newer", "0.3.0"), home)
    hold(home, code=1)  # catalogue and index disagree: it can be read all the same
    assert manage(releases, "rollback") == 0
    assert releases.current() == first
    assert (home / "catalogue.sqlite").read_text() == "data"
    assert manage(releases, "use", second) == 0
    assert manage(releases, "list") == 0
    listed = capsys.readouterr().out
    assert f"* {second}" in listed
    assert f"< {first}" in listed
    assert manage(releases, "remove", second) == 1
    assert manage(releases, "remove", "../../data") == 1
    assert manage(releases, "remove", first) == 0
    assert releases.names() == [second]
    assert manage(releases, "rollback") == 1


def test_data_that_the_former_release_cannot_read_stop_the_way_back(
    tmp_path: Path, bundle: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "data"
    first = installed(releases, bundle, home)
    second = installed(releases, make_bundle(tmp_path / "newer", "0.3.0"), home)
    hold(home, answer="the schema is newer", code=1)
    (releases.prefix / "backups").mkdir()
    copy = releases.prefix / "backups" / f"{first}-20260101-000000.backup"
    copy.write_text("")
    assert manage(releases, "rollback") == 1
    said = capsys.readouterr().err
    assert "the schema is newer" in said
    assert f"restore {copy} --to {home}" in said
    assert releases.current() == second


def test_nothing_is_changed_under_a_running_server(
    tmp_path: Path, bundle: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "data"
    installed(releases, bundle, home)
    second = installed(releases, make_bundle(tmp_path / "newer", "0.3.0"), home)
    hold(home)
    (home / "server.json").write_text(json.dumps({"pid": os.getpid(), "url": "x"}))
    assert manage(releases, "rollback") == 1
    assert "Stop it first" in capsys.readouterr().err
    assert releases.current() == second
    (home / "server.json").write_text("{half")
    assert data.server_of(home) is None


def install(releases: Releases, bundle: Path, *arguments: str) -> int:
    return main.install(bundle, ["--prefix", str(releases.prefix), *arguments])


def test_an_upgrade_copies_the_data_first(
    tmp_path: Path, bundle: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "data"
    assert install(releases, bundle, "--home", str(home)) == 0
    first = releases.current()
    hold(home)
    newer = make_bundle(tmp_path / "newer", "0.3.0")
    (home / "full").write_text("")
    assert install(releases, newer) == 1
    assert "could not be backed up" in capsys.readouterr().err
    assert releases.current() == first
    (home / "full").unlink()
    assert install(releases, newer) == 0
    copies = list((releases.prefix / "backups").iterdir())
    assert [copy.name.startswith(f"{first}-") for copy in copies] == [True]
    assert stat.S_IMODE((releases.prefix / "backups").stat().st_mode) == 0o700
    assert install(releases, newer) == 0  # again the same: nothing to do
    assert len(list((releases.prefix / "backups").iterdir())) == 1


def test_data_do_not_move_by_an_upgrade(
    tmp_path: Path, bundle: Path, releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    assert install(releases, bundle, "--home", str(releases.prefix / "releases" / "x")) == 1
    assert "cannot hold the data" in capsys.readouterr().err
    assert install(releases, bundle, "--home", str(tmp_path / "my data")) == 1
    assert "blanks or signs" in capsys.readouterr().err
    assert install(releases, bundle, "--home", str(tmp_path / "data")) == 0
    assert install(releases, bundle, "--home", str(tmp_path / "other")) == 1
    assert "Leave --home out" in capsys.readouterr().err


def test_every_requirement_has_the_hashes_of_its_wheels(tmp_path: Path) -> None:
    names = (
        "python_docx-1.2.0-py3-none-any.whl",
        "numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl",
        "numpy-2.4.6-cp312-cp312-manylinux_2_28_x86_64.whl",
    )
    wheels = [tmp_path / name for name in names]
    for path in wheels:
        path.write_text(path.name)
    assert [pin_of(path) for path in wheels] == ["python-docx==1.2.0", *["numpy==2.4.6"] * 2]
    lines = requirements(wheels).splitlines()
    assert [line.rstrip(" \\") for line in lines if "==" in line] == [
        "numpy==2.4.6",
        "python-docx==1.2.0",
    ]
    assert sum("--hash=sha256:" in line for line in lines) == 3


def test_the_archive_is_the_same_for_the_same_files(tmp_path: Path, bundle: Path) -> None:
    first = write_archive(bundle, tmp_path / "a" / "x.tar")
    for path in bundle.rglob("*"):
        os.utime(path, (1, 1))
    second = write_archive(bundle, tmp_path / "b" / "x.tar")
    assert first.read_bytes() == second.read_bytes()
    assert read_sums(first.with_name("x.tar.sha256")) == read_sums(second.with_name("x.tar.sha256"))
