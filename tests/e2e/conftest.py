"""What every browser test needs: a served application, Debian's Chromium, and axe.

A test module gives `site`, the address it tests, by `served(service)`; `page` and `browser` come
from here. A page complains, and its test fails, when it writes to the console or asks for anything
that is not this machine's.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn

from search.audit import Trail
from search.cabinet import Cabinet, open_cabinet
from search.casebook import NameFinder
from search.opening import open_service
from search.settings import load_settings
from tests.support import environment
from web.api import Service
from web.app import create_app
from web.gate import Door

START_S = 20
_ICON_LETTERS = re.compile(r'("#text"===\w+\.props\.nodeName)&&!\w+\(\w+\)')
# Places where the small collection in memory has something to show, and where the real one does.
FAKE_PLACES = (
    "/",
    "/?q=consent",
    "/?q=nothing&kind=plan",
    "/laws",
    "/laws/kw-law-2013-91",
    "/laws/kw-law-2013-91/art-2",
    "/laws/kw-law-2099-7/art-1",
    "/matters",
    "/matters/kw-2030-sample-villa-01",
    "/matters/kw-training-visa-seller-01",
    "/glossary",
    "/glossary/forced-labour",
    "/statistics",
    "/about",
)
COMPARING_PLACES = (
    "/compare",
    "/compare?left=kw-law-2013-91/art-1&right=un-protocol-2000-trafficking/art-3",
    "/compare?left=nonsense&right=kw-law-2013-91/art-2",
    "/compare?left=kw-law-2013-91/art-1&right=kw-law-2013-91/art-2&also=kw-law-2013-91/art-3",
    "/penalties?offence=trafficking",
    "/stale",
    "/draft",
    "/draft?example=ar",
    "/coverage",
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@contextmanager
def served(
    service: Service,
    cabinet: Cabinet | None = None,
    finder: NameFinder | None = None,
    trail: Trail | None = None,
    door: Door | None = None,
) -> Iterator[str]:
    """Serve pages over `service` on a free port while the block runs; gives the address."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    app = create_app(service, "9.9.9", cabinet=cabinet, finder=finder, trail=trail, door=door)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(START_S)
        sock.close()


@pytest.fixture(scope="session")
def real_site(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the small real collection; nothing in it may be changed."""
    # A copy: one process opens an index at a time, and other tests start servers of their own.
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(collection, home)
    service = open_service(load_settings(environment(home)))
    service.warm_up()
    cabinet = open_cabinet(home, service)
    with served(service, cabinet) as address:
        yield address
    cabinet.close()
    service.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium, one a module: while it is open, nothing else here may run a loop."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    playwright.expect.set_options(timeout=30_000)  # beside other work a page may take seconds
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


def _refused(message: str) -> bool:
    """Say whether Chromium speaks of a form that was refused on purpose."""
    return "status of 400" in message


@pytest.fixture
def page(browser, site: str) -> Iterator[object]:
    """A wide page of `site` that reports what it complains of, and asks for nothing elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(30_000)
    complaints: list[str] = []
    page.on("console", lambda message: _refused(message.text) or complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).hostname == "127.0.0.1"
            else complaints.append(f"asked for {request.url}")
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; run in a page made with `bypass_csp`."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe-playwright-python is not installed (pip install -e '.[dev]')")
    source = Path(found.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")
    # axe takes joined Arabic letters for icons and passes over their contrast; here it does not.
    patched, times = _ICON_LETTERS.subn(r"\1", source)
    assert times == 1
    return patched


def violations(page, axe_source: str) -> list[tuple[str, list[str]]]:
    """Return what axe finds wrong with a page, of any impact: (rule, the elements)."""
    page.evaluate(axe_source)
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]


def overflow(page) -> int:
    """Return by how many pixels the page is wider than its window."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width
