"""The installer's two commands: `install` of a bundle, and `tamyeez-release` of an installation.

Exit codes: 0 done; 1 refused, with one line that says why; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import data, system
from .checking import Bundle, Refusal, check_bundle
from .releases import Places, Releases

BACKUPS = "backups"
_PLAIN = re.compile(r"[\w./+@-]+")  # stands in scripts and units as it is


def install(bundle: Path, arguments: Sequence[str] | None = None) -> int:
    """Install an unpacked bundle beside what is there, and bring it into use."""
    args = _install_parser().parse_args(arguments)
    return _told(lambda: _install(bundle, args))


def manage(arguments: Sequence[str] | None = None) -> int:
    """List releases, go back to the former one, use or remove one. The prefix comes first."""
    args = _manage_parser().parse_args(arguments)
    return _told(lambda: args.run(Releases(args.prefix.resolve()), args))


def _install_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="install", description=install.__doc__)
    root = os.geteuid() == 0
    prefix = Path(system.PREFIX) if root else Path.home() / "tamyeez"
    home = Path("/var/lib/tamyeez") if root else Path.home() / ".local" / "share" / "tamyeez"
    parser.add_argument(
        "--prefix", type=Path, default=prefix, metavar="DIR", help=f"default: {prefix}"
    )
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=f"of the data; default: as before, else {home}"
    )
    parser.add_argument("--check", action="store_true", help="only check the bundle")
    parser.add_argument("--no-backup", action="store_true", help="upgrade without copying the data")
    parser.add_argument("--system", action="store_true", help="also account, unit, service")
    parser.add_argument("--serve", action="store_true", help="serve afterwards, in this terminal")
    parser.add_argument("--host", default="127.0.0.1", help="with --serve")
    parser.add_argument("--port", default="8000", help="with --serve")
    parser.set_defaults(default_home=home)
    return parser


def _manage_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tamyeez-release", description=manage.__doc__)
    parser.add_argument("prefix", type=Path, help=argparse.SUPPRESS)
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="the releases, the one in use marked").set_defaults(run=_list)
    rollback = actions.add_parser("rollback", help="go back to the former release; data stay")
    rollback.set_defaults(run=_rollback)
    use = actions.add_parser("use", help="bring a release into use; data stay")
    use.add_argument("name")
    use.set_defaults(run=_use)
    remove = actions.add_parser("remove", help="remove a release that is not in use")
    remove.add_argument("name")
    remove.set_defaults(run=_remove)
    return parser


def _install(folder: Path, args: argparse.Namespace) -> int:
    bundle = check_bundle(folder)
    print(f"Tamyeez {bundle.version}, collection edition {bundle.edition}: the bundle is whole.")
    if args.check:
        return 0
    releases = Releases(args.prefix.absolute())
    places = _places(releases, args)
    home = places.home
    if args.system:
        system.require_system(releases.prefix, places)
    with releases.alone():
        before = releases.current()
        name = releases.add(bundle, print)
        if before is not None and before != name:
            _prepare_upgrade(releases, home, args, before)
        releases.use(name, places)
    print(f"In use: {name}. Data: {home}")
    if args.system:
        system.set_up(releases.path(name), releases.prefix, places)
        system.start()
        print("The service runs: systemctl status tamyeez")
    elif args.serve:
        _serve(releases, args)
    else:
        print(f"Next: {releases.prefix}/bin/tamyeez ingest && {releases.prefix}/bin/tamyeez serve")
    return 0


def _places(releases: Releases, args: argparse.Namespace) -> Places:
    """Return where data and settings are: as before, as asked for, or as usual."""
    noted = releases.places()
    given: Path | None = args.home.absolute() if args.home else None
    if noted and given and noted.home != given:
        raise Refusal(
            f"The data of this installation are in {noted.home}. Leave --home out, or move them "
            "with `tamyeez backup` and `tamyeez restore`."
        )
    if noted:
        return noted
    home: Path = given or args.default_home
    settings = system.SETTINGS if args.system else releases.prefix / "tamyeez.env"
    if home.is_relative_to(releases.prefix / "releases"):
        raise Refusal(f"{home} cannot hold the data. Name a folder outside the releases.")
    for path in (home, releases.prefix):
        if not _PLAIN.fullmatch(str(path)):
            raise Refusal(f"{path} cannot be used: its name holds blanks or signs. Name another.")
    return Places(home, settings)


def _prepare_upgrade(releases: Releases, home: Path, args: argparse.Namespace, before: str) -> None:
    """Stop what runs and copy the data; what was stopped runs again where that is refused."""
    if args.system:
        system.stop()
    try:
        data.require_stopped(home)
        if args.no_backup:
            return
        file = data.back_up(releases.path(before), home, releases.prefix / BACKUPS)
    except BaseException:
        if args.system:
            system.start()
        raise
    if file is not None:
        print(f"Data as {before} left them: {file}")


def _serve(releases: Releases, args: argparse.Namespace) -> None:
    """Bring the collection up to date, and become the server."""
    tamyeez = str(releases.prefix / "bin" / "tamyeez")
    script = '"$0" ingest --quiet && exec "$0" serve --host "$1" --port "$2"'
    sys.stdout.flush()
    os.execv("/bin/sh", ["/bin/sh", "-c", script, tamyeez, args.host, args.port])  # noqa: S606


def _list(releases: Releases, _args: argparse.Namespace) -> int:
    current, former = releases.current(), releases.former()
    for name in releases.names():
        bundle: Bundle = releases.bundle(name)
        mark = "*" if name == current else "<" if name == former else " "
        print(f"{mark} {name}, collection edition {bundle.edition}")
    return 0


def _rollback(releases: Releases, _args: argparse.Namespace) -> int:
    former = releases.former()
    if former is None:
        raise Refusal("There is no former release to go back to. `tamyeez-release list` names all.")
    return _bring_into_use(releases, former)


def _use(releases: Releases, args: argparse.Namespace) -> int:
    return _bring_into_use(releases, args.name)


def _bring_into_use(releases: Releases, name: str) -> int:
    places = releases.places()
    if places is None:
        raise Refusal(f"{releases.prefix} holds no installation. Install a bundle first.")
    home = places.home
    with releases.alone():
        release = releases.path(name)
        data.require_stopped(home)
        data.require_readable(release, home, releases.prefix / BACKUPS)
        releases.use(name, places)
    print(f"In use: {name}. The data in {home} are as they were; start the server again.")
    return 0


def _remove(releases: Releases, args: argparse.Namespace) -> int:
    with releases.alone():
        releases.remove(args.name)
    print(f"Removed: {args.name}")
    return 0


def _told(run: Callable[[], int]) -> int:
    try:
        return run()
    except Refusal as exc:
        print(f"tamyeez: {exc}", file=sys.stderr)
    except OSError as exc:
        print(
            f"tamyeez: {exc.filename or ''}: {exc.strerror}. Nothing more was done.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("tamyeez: stopped; the release in use is what it was.", file=sys.stderr)
    return 1
