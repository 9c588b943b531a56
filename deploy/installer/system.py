"""What a machine that runs systemd needs besides: an account, settings, the unit."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from .checking import Refusal
from .releases import Places

ACCOUNT = "tamyeez"
PREFIX = "/opt/tamyeez"
HOME = Path("/var/lib/tamyeez")
UNIT = Path("/etc/systemd/system/tamyeez.service")
SETTINGS = Path("/etc/tamyeez/tamyeez.env")


def require_system(prefix: Path, places: Places) -> None:
    """Raise Refusal unless the unit's account and folders can be what the unit says."""
    if os.geteuid() != 0:
        raise Refusal("--system needs root: it adds an account and a unit.")
    if shutil.which("systemctl") is None:
        raise Refusal("There is no systemd here. Install without --system, and start it yourself.")
    if places != Places(HOME, SETTINGS):
        raise Refusal(
            f"A service keeps its data in {HOME} and its settings in {SETTINGS}; the installation "
            f"in {prefix} does not. Leave --home out, or install to another --prefix."
        )


def set_up(release: Path, prefix: Path, places: Places) -> None:
    """Add what is missing of account, data folder and settings; write the unit."""
    home, settings = places.home, places.settings
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        _run(
            "useradd", "--system", "--home-dir", str(home), "--shell", "/usr/sbin/nologin", ACCOUNT
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.chown(home, ACCOUNT, ACCOUNT)
    if not settings.exists():
        settings.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        shutil.copyfile(release / "deploy" / "tamyeez.env", settings)
    # It may hold the password of a database; commands of the account read it too.
    settings.chmod(0o640)
    shutil.chown(settings, "root", ACCOUNT)
    unit = (release / "deploy" / "tamyeez.service").read_text("utf-8")
    UNIT.write_text(unit.replace(PREFIX, str(prefix)), "utf-8")


def stop() -> None:
    """Stop the service, if it runs."""
    _run("systemctl", "stop", "tamyeez.service", check=False)


def start() -> None:
    """Start the service now and whenever the machine starts."""
    _run("systemctl", "daemon-reload")
    _run("systemctl", "enable", "--quiet", "tamyeez.service")
    _run("systemctl", "start", "tamyeez.service")


def _run(*command: str, check: bool = True) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if check and done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Refusal(f"{' '.join(command)} failed: {said[-1] if said else 'it said nothing'}")
