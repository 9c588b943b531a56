"""The bundle on a machine without any network: installed, upgraded, updated, rolled back.

`make test-bundle` builds the bundle and runs this; without a bundle it is skipped. Everything runs
in a network namespace that holds nothing but its own loopback.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from deploy.bundling import write_sums

CHANGED = "Whoever keeps a register of items shall close it at the end of each day."
ARTICLE = "kw-law-2013-91/art-13"
GET = (
    "import sys, urllib.request as web; "
    "sys.stdout.write(web.urlopen(sys.argv[1], timeout=60).read().decode())"
)

pytestmark = pytest.mark.slow


def _cannot() -> str | None:
    bundle = os.environ.get("TAMYEEZ_BUNDLE")
    if not bundle:
        return "no bundle was built: `make test-bundle` builds one and runs this"
    if not Path(bundle).is_file():
        return f"there is no bundle {bundle}"
    for program in ("unshare", "nsenter", "ip"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    tried = subprocess.run([*_unshare(), "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "this system lends no network namespaces"


def _unshare() -> list[str]:
    return ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]


reason = _cannot()


class Machine:
    """A machine of the test's own: no network but loopback, no Python packages, one folder."""

    def __init__(self, folder: Path, pid: int) -> None:
        self.folder = folder
        self.prefix = folder / "opt"
        self.home = folder / "data"
        self._enter = ["nsenter", f"--net=/proc/{pid}/ns/net"]
        if os.geteuid() != 0:
            self._enter += [f"--user=/proc/{pid}/ns/user", "--preserve-credentials"]
        self._env = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(folder),
            "PYTHON": str(Path(sys.base_prefix) / "bin" / "python3"),
        }

    def try_run(self, *command: object, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._enter, *map(str, command)],
            env={**self._env, **env},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )

    def run(self, *command: object, **env: str) -> str:
        done = self.try_run(*command, **env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tamyeez(self, *arguments: object, **env: str) -> str:
        return self.run(self.prefix / "bin" / "tamyeez", *arguments, **env)

    def json(self, *arguments: object, **env: str) -> object:
        return json.loads(self.tamyeez(*arguments, "--json", **env))

    @contextmanager
    def serving(self, *command: object) -> Iterator[str]:
        """Run a command that ends in a server; gives its address once it says it is ready."""
        process = subprocess.Popen(
            [*self._enter, *map(str, command)],
            env=self._env,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        said = []
        try:
            for line in process.stdout:
                said.append(line)
                found = re.search(r"ready: (http://\S+?)/ ", line)
                if found:
                    break
            else:
                raise AssertionError("".join(said))
            yield found[1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
            process.stdout.close()

    def get(self, url: str) -> str:
        return self.run(self.prefix / "current" / "venv" / "bin" / "python", "-c", GET, url)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    up = "ip link set lo up && echo up && exec sleep 7200"
    with subprocess.Popen(
        [*_unshare(), "sh", "-c", up], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "up\n"
        try:
            yield Machine(tmp_path, holder.pid)
        finally:
            holder.kill()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    with tarfile.open(os.environ["TAMYEEZ_BUNDLE"]) as archive:
        archive.extractall(tmp_path / "first", filter="data")
    return next((tmp_path / "first").iterdir())


def next_bundle(bundle: Path, folder: Path) -> Path:
    """The same packages as a newer release, with a newer edition of the collection."""
    shutil.copytree(bundle, folder)
    said = json.loads((folder / "release.json").read_text())
    (folder / "release.json").write_text(json.dumps({**said, "version": "99.1", "edition": 900}))
    raise_edition(folder / "corpus", 900)
    write_sums(folder)
    return folder


def raise_edition(corpus: Path, number: int) -> None:
    path = corpus / "edition.yaml"
    path.write_text(re.sub(r"(?m)^number: .*$", f"number: {number}", path.read_text("utf-8")))
    law = corpus / "instruments" / "kw-law-2013-91" / "instrument.yaml"
    whole = yaml.safe_load(law.read_text("utf-8"))
    article = next(p for p in whole["provisions"] if p["id"] == "art-13")
    article["text"]["en"] = f"{CHANGED} ({number})"
    law.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")


def text_of(machine: Machine, query: str, identifier: str) -> str:
    found = machine.json("search", query)
    assert isinstance(found, dict)
    hit = next(hit for hit in found["results"] if hit["id"] == identifier)
    return " ".join(p["text"] for p in hit["passages"] if p["language"] == "en")


@pytest.mark.skipif(reason is not None, reason=str(reason))
def test_a_machine_without_a_network_is_installed_upgraded_and_rolled_back(
    machine: Machine, bundle: Path, tmp_path: Path
) -> None:
    interfaces = machine.run("cat", "/proc/net/dev").splitlines()[2:]
    assert [line.split(":")[0].strip() for line in interfaces] == ["lo"]
    took: dict[str, float] = {}

    # one command installs and serves
    started = time.perf_counter()
    first = (bundle / "install", "--prefix", machine.prefix, "--home", machine.home)
    with machine.serving(*first, "--serve", "--port", "8123") as url:
        took["install and serve"] = time.perf_counter() - started
        assert "تمييز" in machine.get(f"{url}/ar")
        arabic = json.loads(machine.get(f"{url}/api/search?q={quote('م ١٣ ق ٩١ لسنة ٢٠١٣')}"))
        assert arabic["results"][0]["id"] == ARTICLE
        english = json.loads(machine.get(f"{url}/api/search?q=selling%20residence%20permits"))
        assert english["results"][0]["id"] == "kw-decree-law-2024-114/art-18"
        assert machine.get(f"{url}/readyz") == "ready\n"

    # something of one's own
    law = machine.folder / "own.txt"
    law.write_text("Article 1\nThe keeper of the ninth register keeps it in a dry place.\n")
    law.with_name("own.txt.yaml").write_text(
        "instrument: xx-law-2001-9\nkind: statute\nlanguage: en\nauthority: official\n"
        "title: {ar: قانون للاختبار, en: Test law}\n",
        "utf-8",
    )
    machine.tamyeez("ingest", law)
    own = "keeper of the ninth register"
    assert "dry place" in text_of(machine, own, "xx-law-2001-9/art-1")

    # an upgrade keeps it, after a copy, and brings the newer collection
    newer = next_bundle(bundle, tmp_path / "newer")
    started = time.perf_counter()
    machine.run(newer / "install", "--prefix", machine.prefix)
    took["upgrade"] = time.perf_counter() - started
    assert len(list((machine.prefix / "backups").glob("*.backup"))) == 1
    machine.tamyeez("ingest", "--quiet")
    assert f"{CHANGED} (900)" in text_of(machine, "art 13 law 91 of 2013", ARTICLE)
    assert "dry place" in text_of(machine, own, "xx-law-2001-9/art-1")

    # a collection edition alone
    raise_edition(newer / "corpus", 901)
    publisher = {"TAMYEEZ_HOME": str(tmp_path / "publisher"), "TAMYEEZ_CORPUS": f"{newer}/corpus"}
    file = machine.folder / "901.edition"
    machine.tamyeez("collection", "export", file, **publisher)
    started = time.perf_counter()
    told = machine.tamyeez("collection", "update", file)
    took["collection update"] = time.perf_counter() - started
    assert "~ art-13" in told
    assert f"{CHANGED} (901)" in text_of(machine, "art 13 law 91 of 2013", ARTICLE)

    # the way back: the former release, the data as they are
    started = time.perf_counter()
    machine.run(machine.prefix / "bin" / "tamyeez-release", "rollback")
    took["rollback"] = time.perf_counter() - started
    listed = machine.run(machine.prefix / "bin" / "tamyeez-release", "list")
    assert re.search(r"^\* (?!99)", listed, re.MULTILINE)
    machine.tamyeez("ingest", "--quiet")
    with machine.serving(machine.prefix / "bin" / "tamyeez", "serve", "--port", "8123") as url:
        served = machine.get(f"{url}/api/provisions/{ARTICLE}")
        assert f"{CHANGED} (901)" in served
        assert "dry place" in machine.get(f"{url}/api/provisions/xx-law-2001-9/art-1")

    # a bundle of which one byte is another is refused, and nothing changes
    wheel = next((newer / "wheels").glob("fastapi-*.whl"))
    data = bytearray(wheel.read_bytes())
    data[len(data) // 2] ^= 1
    wheel.write_bytes(data)
    refused = machine.try_run(newer / "install", "--prefix", machine.prefix)
    assert refused.returncode == 1
    assert "Nothing was installed" in refused.stderr
    assert machine.run(machine.prefix / "bin" / "tamyeez-release", "list") == listed
    size = Path(os.environ["TAMYEEZ_BUNDLE"]).stat().st_size / 1e6
    said = "; ".join(f"{name} {seconds:.0f} s" for name, seconds in took.items())
    print(f"\nBundle {size:.0f} MB; {said}", file=sys.stderr)
