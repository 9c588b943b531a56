"""Check a bundle before anything of it is used: every file listed, whole, and none besides.

This finds damage. Who can write the bundle can write its list too: that the list is the
publisher's is seen by comparing the archive's own SHA-256 with the one made known elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"
RELEASE = "release.json"
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>\S.*)")
# No segment begins with a dot: no hidden file, no way upwards.
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*){0,11}")
_VERSION = re.compile(r"[0-9]+(\.[0-9A-Za-z]+){1,4}")
_BLOCK = 1 << 20


class Refusal(Exception):
    """What is not done, and why: one sentence for the person who installs."""


@dataclass(frozen=True)
class Bundle:
    """A bundle that was checked. `sums` is the SHA-256 of its list: what tells it from others."""

    folder: Path
    version: str
    pythons: tuple[str, ...]  # "3.11": versions of Python it has wheels for
    machine: str  # "x86_64"
    edition: int  # of the collection in it
    sums: str

    @property
    def name(self) -> str:
        """What its release folder is called."""
        return f"{self.version}-{self.sums[:8]}"


def check_bundle(folder: Path) -> Bundle:
    """Read every file of an unpacked bundle and compare it with the list; raise Refusal."""
    listed = read_sums(folder / SUMS)
    found = set(_files(folder)) - {SUMS}
    for path in sorted(found - listed.keys()):
        raise _damaged(folder, f"{path} is not in its list")
    for path, sha256 in listed.items():
        if path not in found:
            raise _damaged(folder, f"{path} is missing")
        if _hash(folder / path) != sha256:
            raise _damaged(folder, f"{path} has another content")
    return read_bundle(folder)


def read_bundle(folder: Path) -> Bundle:
    """Read what a bundle, or the release made of it, says of itself; raise Refusal."""
    try:
        said = json.loads((folder / RELEASE).read_text("utf-8"))
        pythons = tuple(str(one) for one in said["pythons"])
        version, machine, edition = said["version"], said["machine"], said["edition"]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise _damaged(folder, f"{RELEASE} cannot be read") from exc
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise _damaged(folder, f"{version!r} is no version")
    if not isinstance(machine, str) or not isinstance(edition, int):
        raise _damaged(folder, f"{RELEASE} cannot be read")
    return Bundle(folder, version, pythons, machine, edition, _hash(folder / SUMS))


def read_sums(path: Path) -> dict[str, str]:
    """Read a list as `sha256sum` writes it: path → SHA-256; raise Refusal."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise Refusal(
            f"There is no bundle in {path.parent}: {path.name} cannot be read. Unpack it again."
        ) from exc
    sums: dict[str, str] = {}
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None or not _PATH.fullmatch(found["path"]) or found["path"] in sums:
            raise _damaged(path.parent, f"{path.name} is not as `make bundle` writes it")
        sums[found["path"]] = found["sha256"]
    return sums


def _files(folder: Path) -> Iterator[str]:
    """Yield what lies below a folder, as paths of the list; refuse links and the like."""
    for place, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = Path(place, name)
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise _damaged(folder, f"{path.relative_to(folder)} is no plain file")
        for name in names:
            yield Path(place, name).relative_to(folder).as_posix()


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _damaged(folder: Path, how: str) -> Refusal:
    return Refusal(
        f"The bundle in {folder} is damaged: {how}. Nothing was installed; get another copy."
    )
