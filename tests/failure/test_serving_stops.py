"""A server that is told to stop finishes what it has in hand; workers that die are replaced."""

from __future__ import annotations

import concurrent.futures
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support import ROOT, environment, tamyeez

pytestmark = pytest.mark.slow
DEADLINE_S = 60.0
# Long enough to be in hand when the signal comes, and not longer than the server waits at its end.
# No two sentences alike: what was embedded once is remembered, and would be read at once.
FACTS = " ".join(f"On day {n} the employer took {n} papers and paid no wages." for n in range(120))


@contextmanager
def served(home: Path, *arguments: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a home folder; gives the process and the URL, and kills what is left at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", "0", *arguments],
        env={**environment(home), **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        found = None
        for line in process.stdout:
            found = re.search(r"http://[0-9.]+:[0-9]+", line)
            if found:
                break
        assert found is not None, process.communicate()[1]
        yield process, found.group()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


def get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False, timeout=DEADLINE_S)


def in_hand(url: str) -> bool:
    return "tamyeez_requests_in_hand 0.0" not in get(f"{url}/metrics").text


def children(process: subprocess.Popen[str]) -> set[int]:
    """The workers: those processes of the server that serve."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if "spawn_main" in line}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_request_in_hand_is_answered_before_the_server_ends(home: Path, workers: str) -> None:
    with served(home, "--workers", workers) as (process, url):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            asked = pool.submit(
                httpx.post,
                f"{url}/api/distinguish",
                json={"facts": FACTS},
                trust_env=False,
                timeout=DEADLINE_S,
            )
            until(lambda: in_hand(url) or asked.done())
            assert not asked.done(), "the request was too quick to be in hand"
            process.send_signal(signal.SIGTERM)
            assert asked.result().status_code == 200
        _, errors = process.communicate(timeout=DEADLINE_S)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors
    with pytest.raises(httpx.ConnectError):
        get(f"{url}/healthz")
    assert not (home / "server.json").exists()
    assert not [view for view in (home / "index").glob("views/*") if view.is_dir()]


def test_a_killed_worker_is_replaced_while_the_other_answers(home: Path) -> None:
    with served(home, "--workers", "2") as (process, url):
        until(lambda: len(children(process)) == 2)
        killed = min(children(process))
        os.kill(killed, signal.SIGKILL)
        answers = [get(f"{url}/api/search?q=wages").status_code for _ in range(5)]
        assert answers == [200] * 5
        until(lambda: len(children(process)) == 2 and killed not in children(process))
        until(lambda: get(f"{url}/readyz").status_code == 200)


def test_workers_end_with_the_process_that_started_them(home: Path) -> None:
    with served(home, "--workers", "2") as (process, url):
        until(lambda: len(children(process)) == 2)
        workers = children(process)
        process.kill()
        process.wait()
        until(lambda: not any(_runs(worker) for worker in workers))
    with pytest.raises(httpx.ConnectError):
        get(f"{url}/healthz")


def test_two_workers_count_together_and_see_a_new_generation(home: Path) -> None:
    with served(home, "--workers", "2") as (_, url):
        for number in range(12):
            assert get(f"{url}/api/search?q=wages+{number}").status_code == 200
        text = get(f"{url}/metrics").text
        assert 'tamyeez_requests_total{method="GET",route="/api/search",status="200"} 12.0' in text
        assert "tamyeez_search_seconds_count 12.0" in text
        assert tamyeez(home, "reindex").returncode == 0
        generations = {json.loads(get(f"{url}/api/status").text)["index_generation"]}
        assert generations == {"000002"}
        assert all(get(f"{url}/api/search?q=wages").status_code == 200 for _ in range(6))


def test_workers_that_cannot_start_end_the_server_with_the_reason(home: Path) -> None:
    done = tamyeez(home, "serve", "--port", "0", "--workers", "0")
    assert done.returncode == 1
    assert "--workers" in done.stderr
    manifest = next(home.glob("index/generations/*/manifest.json"))
    held = json.loads(manifest.read_text("utf-8"))
    for file in held["files"]:
        held["files"][file][1] += 1  # no file is as it was published
    manifest.write_text(json.dumps(held), "utf-8")
    done = tamyeez(home, "serve", "--port", "0", "--workers", "2")
    assert done.returncode == 1
    assert "tamyeez reindex" in done.stderr
    assert "cannot start" in done.stderr
    assert "Traceback" not in done.stderr


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
