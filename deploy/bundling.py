"""Make the bundle that a machine without a network is installed from (`make bundle`).

    dist/tamyeez-VERSION-MACHINE.tar          one folder, tamyeez-VERSION/:
        install, installer/                   what the person runs
        release.json                          version, Pythons, machine, edition of the collection
        requirements.txt                      every package, its version and its wheels' hashes
        wheels/                               those wheels; model and fonts are in them
        corpus/                               the collection with its vectors
        deploy/                               unit, settings, Containerfile
        SHA256SUMS                            every file above
    dist/tamyeez-VERSION-MACHINE.tar.sha256   to be made known by another way

This alone of the delivery needs the network, for what is not in `build/wheels` yet. The same
sources and wheels give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ingest.editions.edition import read_edition
from ingest.editions.packing import collection_files

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
EXTRAS = ("postgres",)
_DEPLOYED = ("tamyeez.service", "tamyeez.env", "Containerfile")
_DOCUMENTS = ("LICENSE", "LICENSE-CORPUS", "NOTICE", "README.md", "docs/delivery.md")
# Systems with this version of the C library or a newer one: Debian 12, RHEL 9, Ubuntu 22.04.
_GLIBC = range(17, 36)


def main() -> None:
    """Gather the wheels, stage the bundle and write the archive."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--pythons", nargs="+", default=PYTHONS, metavar="3.N")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    args = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wheels = gather(ROOT / "build" / "wheels", project, args.pythons)
    folder = ROOT / "build" / f"tamyeez-{project['version']}"
    stage(folder, project["version"], args.pythons, wheels)
    archive = write_archive(folder, args.out / f"{folder.name}-{platform.machine()}.tar")
    shutil.rmtree(folder)
    sys.stdout.write(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, {len(wheels)} wheels\n")


def gather(folder: Path, project: dict[str, object], pythons: list[str]) -> list[Path]:
    """Fetch what running needs as wheels, for each Python; return them by name."""
    shutil.rmtree(folder / "resolved", ignore_errors=True)
    (folder / "own").mkdir(parents=True, exist_ok=True)
    for old in (folder / "own").iterdir():
        old.unlink()
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder / "own"), str(ROOT))
    own = next((folder / "own").glob("*.whl"))
    here = ("--find-links", str(folder / "all"), "--only-binary", ":all:")
    constraint = ("--constraint", str(ROOT / "constraints.txt"))
    wanted = f"{own}[{','.join(EXTRAS)}]"
    _pip("download", *here, *constraint, "--dest", str(folder / "resolved"), wanted)
    pins = sorted({pin_of(path) for path in (folder / "resolved").glob("*.whl")} - {pin_of(own)})
    gathered: dict[str, Path] = {}
    for python in pythons:
        chosen = folder / python
        shutil.rmtree(chosen, ignore_errors=True)
        target = ("--python-version", python, "--implementation", "cp", *_platforms())
        _pip("download", *here, "--no-deps", *target, "--dest", str(chosen), *pins)
        gathered |= {path.name: path for path in chosen.glob("*.whl")}
    (folder / "all").mkdir(exist_ok=True)
    for path in gathered.values():  # so that the next bundle need not fetch them again
        shutil.copyfile(path, folder / "all" / path.name)
    return [own, *(gathered[name] for name in sorted(gathered))]


def stage(folder: Path, version: str, pythons: list[str], wheels: list[Path]) -> None:
    """Lay out the bundle's folder, its list last."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "wheels").mkdir(parents=True)
    for path in wheels:
        shutil.copyfile(path, folder / "wheels" / path.name)
    (folder / "requirements.txt").write_text(requirements(wheels), "utf-8")
    for path in collection_files(ROOT / "corpus"):
        _copy(path, folder / path.relative_to(ROOT))
    for path in sorted((ROOT / "deploy" / "installer").glob("*.py")):
        _copy(path, folder / "installer" / path.name)
    for name in _DEPLOYED:
        _copy(ROOT / "deploy" / name, folder / "deploy" / name)
    for name in _DOCUMENTS:
        _copy(ROOT / name, folder / name)
    _copy(ROOT / "deploy" / "install", folder / "install")
    said = {
        "version": version,
        "pythons": list(pythons),
        "machine": platform.machine(),
        "edition": read_edition(ROOT / "corpus").number,
    }
    (folder / "release.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    write_sums(folder)


def requirements(wheels: list[Path]) -> str:
    """Return every package at its version, with the hashes of its wheels, as pip reads them."""
    hashes: dict[str, list[str]] = {}
    for path in wheels:
        hashes.setdefault(pin_of(path), []).append(_sha256(path))
    lines = (
        " \\\n    ".join([pin, *(f"--hash=sha256:{digest}" for digest in sorted(digests))])
        for pin, digests in sorted(hashes.items())
    )
    return "\n".join(lines) + "\n"


def write_sums(folder: Path) -> None:
    """Write the list of all files, as `sha256sum --check` reads it."""
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def write_archive(folder: Path, archive: Path) -> Path:
    """Pack the folder, the same bytes for the same files, and write the archive's own hash."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as target:
        for path in _files(folder):
            info = target.gettarinfo(path, path.relative_to(folder.parent).as_posix())
            info.mtime = info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mode = 0o755 if path.name == "install" else 0o644
            with path.open("rb") as file:
                target.addfile(info, file)
    digest = f"{_sha256(archive)}  {archive.name}\n"
    archive.with_name(f"{archive.name}.sha256").write_text(digest, "utf-8")
    return archive


def pin_of(wheel: Path) -> str:
    """Return "name==version" from a wheel's file name."""
    name, version = wheel.name.split("-")[:2]
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"


def _platforms() -> Iterator[str]:
    machine = platform.machine()
    for minor in _GLIBC:
        yield from ("--platform", f"manylinux_2_{minor}_{machine}")
    yield from ("--platform", f"manylinux2014_{machine}")


def _pip(action: str, *arguments: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--quiet",
        "--disable-pip-version-check",
        action,
    ]
    subprocess.run([*command, *arguments], check=True)  # noqa: S603 - pip says what went wrong


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    shutil.copymode(source, target)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
