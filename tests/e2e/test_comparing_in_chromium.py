"""A drafter compares two provisions in a real browser, in both languages."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from search.opening import open_service
from search.settings import load_settings
from tests.support import ROOT, environment
from web.app import create_app

pytestmark = pytest.mark.browser

START_S = 20
AXE = ROOT / "build" / "node_modules" / "axe-core" / "axe.js"
PLACES = (
    "/compare",
    "/compare?left=kw-law-2013-91/art-1&right=un-protocol-2000-trafficking/art-3",
    "/compare?left=nonsense&right=kw-law-2013-91/art-2",
    "/penalties?offence=trafficking",
    "/stale",
)


@pytest.fixture(scope="module")
def site(collection: Path) -> Iterator[str]:
    """The address of a server over the collection."""
    service = open_service(load_settings(environment(collection)))
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(service, "9.9.9"), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    server.should_exit = True
    thread.join(START_S)
    sock.close()
    service.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_two_provisions_are_compared_from_the_provisions_page(browser, site, language: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site)
    page = context.new_page()
    page.goto(f"/{language}/laws/kw-law-2013-91/art-2")
    page.click(".compare-with a")
    page.fill("#right", "م ٣ ق ٩١ لسنة ٢٠١٣")
    page.keyboard.press("Enter")
    page.wait_for_selector(".component")
    sides = page.locator(".side")
    assert sides.count() == 2
    first, second = (sides.nth(n).bounding_box() for n in (0, 1))
    assert (first["x"] > second["x"]) is (language == "ar")
    assert sides.locator(".badge-digest").count() == 2
    context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_scrolls_sideways(browser, site, language: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=site)
    page = context.new_page()
    for place in PLACES:
        page.goto(f"/{language}{place}")
        page.evaluate("document.fonts.ready")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{language}{place} is {over} px too wide"
    context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not in build/ (npm install axe-core)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing(browser, site, language: str, scheme: str) -> None:
    # axe takes joined Arabic letters for icons and does not look at their contrast; here it does.
    source = AXE.read_text(encoding="utf-8")
    patched = source.replace("&& !_isIconLigature(vChild)", "")
    assert patched != source
    context = browser.new_context(color_scheme=scheme, base_url=site, bypass_csp=True)
    page = context.new_page()
    for place in PLACES:
        page.goto(f"/{language}{place}")
        page.evaluate(patched)
        found = page.evaluate("axe.run().then(result => result.violations)")
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == [], place
    context.close()
