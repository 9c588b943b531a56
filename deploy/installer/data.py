"""What an upgrade or a way back asks of the data: a copy first, and no server at work on them."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

from .checking import Refusal

CATALOGUE = "catalogue.sqlite"


def server_of(home: Path) -> int | None:
    """Return the process that serves a home folder, if one runs."""
    try:
        process = json.loads((home / "server.json").read_text("utf-8"))["pid"]
        os.kill(process, 0)
    except PermissionError:
        return int(process)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return int(process)


def require_stopped(home: Path) -> None:
    """Raise Refusal while a server works on the data."""
    process = server_of(home)
    if process is not None:
        raise Refusal(
            f"Process {process} serves {home}. Stop it first (`systemctl stop tamyeez`, or Ctrl+C "
            "where it was started), then run this again."
        )


def back_up(release: Path, home: Path, folder: Path) -> Path | None:
    """Have a release back up its data; return the file, or None where there are none yet."""
    if not (home / CATALOGUE).is_file():
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = home.stat()
    if os.geteuid() == 0:
        os.chown(folder, owner.st_uid, owner.st_gid)
    file = folder / f"{release.name}-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.backup"
    done = _tamyeez(release, home, "backup", str(file), "--with-private")
    if done.returncode:
        raise Refusal(
            f"The data could not be backed up before the upgrade: {_last_line(done)} "
            "Nothing was changed; --no-backup goes on without."
        )
    return file


def require_readable(release: Path, home: Path, backups: Path) -> None:
    """Raise Refusal where a release cannot read the data as they are now."""
    if not (home / CATALOGUE).is_file():
        return
    done = _tamyeez(release, home, "status", "--json")
    try:
        json.loads(done.stdout)
    except ValueError as exc:
        copies = sorted(backups.glob(f"{release.name}-*.backup"))
        advice = (
            f"Restore the copy made before the upgrade, and lose what came after it: {release}/"
            f"venv/bin/tamyeez restore {copies[-1]} --to {home}"
            if copies
            else "There is no copy of it made before the upgrade."
        )
        raise Refusal(
            f"{release.name} cannot read the data as they are now: {_last_line(done)} {advice}"
        ) from exc


def _tamyeez(release: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {"TAMYEEZ_HOME": str(home), "TAMYEEZ_CORPUS": str(release / "corpus")}
    # As the account whose data they are: what root leaves there, that account could not use.
    owner = home.stat()
    is_root = os.geteuid() == 0
    return subprocess.run(  # noqa: S603 - our own program
        [str(release / "venv" / "bin" / "tamyeez"), *arguments],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        umask=0o077,
        user=owner.st_uid if is_root else None,
        group=owner.st_gid if is_root else None,
        extra_groups=[] if is_root else None,
    )


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else "it said nothing."
