"""Releases beside one another, and the one in use.

    PREFIX/releases/0.2.0-1f2e3d4c/    one release: its environment, its collection, its installer
    PREFIX/current                     a link to the release in use, replaced in one step
    PREFIX/bin/tamyeez                 runs the release in use
    PREFIX/bin/tamyeez-release         lists releases, goes back to the former one
    PREFIX/installation.json           where data and settings are

A release is whole when its `release.json` is there: it is written last. It is never changed after
that, so going back is one rename. The data lie elsewhere and are not touched here.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .checking import RELEASE, Bundle, Refusal, read_bundle

FORMER = "former"
_NAME = re.compile(r"[0-9][0-9A-Za-z.]*-[0-9a-f]{8}")
_LEFT_OUT = ("wheels", "requirements.txt", "install", RELEASE)  # of a bundle, from its release
_PIP = ("--no-index", "--require-hashes", "--only-binary", ":all:", "--no-cache-dir")

LAUNCHER = """\
#!/bin/sh
# Runs the release of Tamyeez that is in use. Written by the installer.
set -eu
umask 077
bin=$(dirname -- "$(readlink -f -- "$0")")
# The release itself, not the link: a process goes on with the release it began with.
release=$(readlink -f -- "$bin/../current")

# The settings of the service, where the environment does not say otherwise.
settings='@SETTINGS@'
if [ -r "$settings" ]; then
    while IFS= read -r line; do
        case $line in
            TAMYEEZ_*=*) printenv "${line%%=*}" >/dev/null || export "$line" ;;
        esac
    done <"$settings"
fi
: "${TAMYEEZ_HOME:=@HOME@}" "${TAMYEEZ_CORPUS:=$release/corpus}"
export TAMYEEZ_HOME TAMYEEZ_CORPUS

# What root leaves in another account's folder, that account could not use.
if [ "$(id -u)" = 0 ] && [ -d "$TAMYEEZ_HOME" ]; then
    owner=$(stat -c %U -- "$TAMYEEZ_HOME")
    if [ "$owner" != root ]; then
        echo "tamyeez: the data belong to $owner. Run: sudo -u $owner $0 …" >&2
        exit 1
    fi
fi
exec "$release/venv/bin/tamyeez" "$@"
"""
MANAGER = """\
#!/bin/sh
# Lists the releases of Tamyeez, and goes back to the former one. Written by the installer.
set -eu
bin=$(dirname -- "$(readlink -f -- "$0")")
release=$(readlink -f -- "$bin/../current")
exec "$release/venv/bin/python" -I -B -c '
import sys
sys.path.insert(0, sys.argv.pop(1))
from installer.main import manage
sys.exit(manage())
' "$release" "$bin/.." "$@"
"""


@dataclass(frozen=True)
class Places:
    """Where an installation keeps what is no release's own."""

    home: Path  # the data
    settings: Path  # a file of lines NAME=VALUE; need not be there


class Releases:
    """The releases below one prefix."""

    def __init__(self, prefix: Path) -> None:
        """Touch nothing yet."""
        self.prefix = prefix
        self._all = prefix / "releases"
        self._link = prefix / "current"
        self._note = prefix / "installation.json"

    def names(self) -> list[str]:
        """List the whole releases, by name."""
        if not self._all.is_dir():
            return []
        named = (path for path in self._all.iterdir() if _NAME.fullmatch(path.name))
        return sorted(path.name for path in named if (path / RELEASE).is_file())

    def path(self, name: str) -> Path:
        """Return a release's folder; raise Refusal where there is no whole one of that name."""
        if name not in self.names():
            raise Refusal(
                f"There is no release {name!r} in {self._all}. `tamyeez-release list` names them."
            )
        return self._all / name

    def current(self) -> str | None:
        """Return the name of the release in use; None before the first."""
        if not self._link.is_symlink():
            return None
        name = self._link.readlink().name
        return name if name in self.names() else None

    def former(self) -> str | None:
        """Return the release that the one in use has replaced, if it is still there."""
        current = self.current()
        path = self._all / current / FORMER if current else None
        name = path.read_text("utf-8").strip() if path and path.is_file() else None
        return name if name in self.names() else None

    def places(self) -> Places | None:
        """Return what was noted when the first release was installed; None before that."""
        try:
            noted = json.loads(self._note.read_text("utf-8"))
            return Places(Path(noted["home"]), Path(noted["settings"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise Refusal(
                f"{self._note} cannot be read. Restore it, or remove it and name the folder of "
                "the data with --home."
            ) from exc

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the one process that changes the releases; raise Refusal where another does."""
        self.prefix.mkdir(mode=0o755, parents=True, exist_ok=True)
        held = os.open(self.prefix / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                raise Refusal(
                    f"Another installation is at work in {self.prefix}. Wait until it has ended."
                ) from exc
            yield
        finally:
            os.close(held)

    def add(self, bundle: Bundle, say: Callable[[str], None]) -> str:
        """Make a release of a checked bundle, unless it is there; return its name."""
        _require_platform(bundle)
        if bundle.name in self.names():
            return bundle.name
        folder = self._all / bundle.name
        if folder.exists():  # what a killed installation left
            shutil.rmtree(folder)
        folder.mkdir(mode=0o755, parents=True)
        try:
            say(f"Installing {bundle.name} …")
            _make_environment(bundle, folder / "venv")
            for source in bundle.folder.iterdir():
                if source.name not in _LEFT_OUT:
                    copy = shutil.copytree if source.is_dir() else shutil.copyfile
                    copy(source, folder / source.name)
            _write(folder / RELEASE, (bundle.folder / RELEASE).read_text("utf-8"))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return bundle.name

    def use(self, name: str, places: Places) -> None:
        """Bring a release into use in one step; what runs goes on with the release it has."""
        folder = self.path(name)
        before = self.current()
        if before not in (None, name):
            _write(folder / FORMER, f"{before}\n")
        noted = {"home": str(places.home), "settings": str(places.settings)}
        _write(self._note, json.dumps(noted) + "\n")
        (self.prefix / "bin").mkdir(mode=0o755, exist_ok=True)
        launcher = LAUNCHER.replace("@HOME@", noted["home"])
        launcher = launcher.replace("@SETTINGS@", noted["settings"])
        _write(self.prefix / "bin" / "tamyeez", launcher, 0o755)
        _write(self.prefix / "bin" / "tamyeez-release", MANAGER, 0o755)
        draft = self.prefix / ".current"
        draft.unlink(missing_ok=True)
        draft.symlink_to(Path("releases", name))
        draft.replace(self._link)
        _sync(self.prefix)

    def remove(self, name: str) -> None:
        """Remove a release that is not in use; raise Refusal for the one that is."""
        folder = self.path(name)
        if name == self.current():
            raise Refusal(f"{name} is in use. Bring another release into use first.")
        (folder / RELEASE).unlink()
        shutil.rmtree(folder)

    def bundle(self, name: str) -> Bundle:
        """Return what a release says of itself."""
        return read_bundle(self.path(name))


def _require_platform(bundle: Bundle) -> None:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    if platform.machine() != bundle.machine:
        raise Refusal(
            f"The bundle is for {bundle.machine} and this machine is {platform.machine()}. Get the "
            "bundle made for it."
        )
    if python not in bundle.pythons:
        raise Refusal(
            f"The bundle is for Python {', '.join(bundle.pythons)}, and this is {python}. Install "
            "one of those, or set PYTHON to it."
        )


def _make_environment(bundle: Bundle, venv: Path) -> None:
    """Make an environment from the bundle's wheels alone, each of a listed hash."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    environment = {**clean, "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    _run([sys.executable, "-I", "-m", "venv", str(venv)], environment)
    wheels = ("--find-links", str(bundle.folder / "wheels"))
    required = ("--requirement", str(bundle.folder / "requirements.txt"))
    pip = [str(venv / "bin" / "python"), "-I", "-m", "pip", "--quiet", "install"]
    _run([*pip, *_PIP, *wheels, *required], environment)
    _run([str(venv / "bin" / "tamyeez"), "--help"], environment)
    _run([str(venv / "bin" / "python"), "-I", "-c", "import web.serving"], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own programs
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise Refusal(
            f"{Path(command[0]).name} {' '.join(command[1:4])} failed: {lines[-1]}. The release in "
            "use is what it was."
        )


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    """Replace a file in one step that survives a power cut."""
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(mode)
    draft.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
