"""A private PostgreSQL server in a temporary folder, started once, one database a test.

Its default collation is a linguistic one, so that a sort that leans on it shows.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    held = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return held[-1].parent if held else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a private server, without a database."""
    pytest.importorskip("psycopg", reason="the extra [postgres] is not installed")
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    folder = Path(tempfile.mkdtemp(prefix="tamyeez-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        try:
            shutil.chown(folder, "postgres")
        except LookupError:
            pytest.skip("running as root, and there is no user `postgres` to run the server")
        as_user = ["runuser", "-u", "postgres", "--"]
    port = _free_port()

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(binaries / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)

    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    run("initdb", "-U", "tamyeez", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en")
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://tamyeez@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


_databases = iter(range(1_000_000))


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The URL of a fresh database."""
    import psycopg

    name = f"t{next(_databases)}"
    server = f"{postgres.replace('+psycopg', '')}/postgres"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{postgres}/{name}"
