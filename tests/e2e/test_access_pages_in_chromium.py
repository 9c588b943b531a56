"""The pages of who may read: signing in, one's account, users, the trail, shared work, the feed.

axe finds nothing wrong with them, and nothing is cut off or scrolls sideways.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from search.accounts import Accounts
from search.accounts.store import AccountStore
from search.audit import Kind, Trail
from search.cabinet import open_cabinet
from search.clearance import for_readers
from search.opening import open_service
from search.settings import load_settings
from tests.e2e.conftest import overflow, served, violations
from tests.support import environment
from web.gate import Door

pytestmark = pytest.mark.browser

OPEN = ("/sign-in", "/sign-in?next=/ar/laws", "/access")
ADMINISTRATOR = ("/account", "/users", "/trail", "/trail?verify=yes", "/access", "/no-such-page")
PROSECUTOR = ("/account", "/my-work", "/my-work/searches/{search}", "/users")
SEARCH = "visa trading"


@pytest.fixture(scope="module")
def home(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("access") / "home"
    shutil.copytree(collection, copy)
    return copy


@pytest.fixture(scope="module")
def accounts(home: Path) -> Iterator[Accounts]:
    made = Accounts(AccountStore(home))
    made.add("root", ["administrator"], subject="test root")
    made.add("salem", ["prosecutor"], subject="test salem")
    made.add("judge-of-appeal", ["judge", "trainer"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(home: Path, accounts: Accounts) -> Iterator[str]:
    """The address of a server that asks who one is."""
    service = for_readers(open_service(load_settings(environment(home))))
    service.warm_up()
    cabinet, trail = open_cabinet(home, service), Trail(home)
    trail.add(Kind.ADMINISTRATION, ("serve",))
    with served(service, cabinet, trail=trail, door=Door(accounts, "0" * 64, False)) as address:
        yield address
    trail.close()
    cabinet.close()
    service.close()


def opened(browser, site: str, accounts: Accounts, who: str, **more: object):
    """Return a page of somebody who has signed in; of nobody for ""."""
    context = browser.new_context(base_url=site, bypass_csp=True, **more)
    if who:
        token = accounts.sign_in_as(f"test {who}").token
        context.add_cookies([{"name": "tamyeez", "value": token, "url": site}])
    return context.new_page()


def keep_search(page) -> str:
    """Keep a search as a form on the page does; return its id."""
    page.goto(f"/en/?q={SEARCH}")
    page.locator("button[form=keep]").click()
    page.wait_for_url("**/my-work/**")
    found = page.goto("/en/my-work") and page.locator("a[href*='/my-work/searches/']").first
    return found.get_attribute("href").rsplit("/", 1)[1]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser, site: str, accounts: Accounts, axe: str, language: str, scheme: str, width: int
) -> None:
    window = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    places = {"": OPEN, "root": ADMINISTRATOR, "salem": PROSECUTOR}
    for who, addresses in places.items():
        page = opened(browser, site, accounts, who, **window)
        search = keep_search(page) if who == "salem" else ""
        for place in addresses:
            page.goto(f"/{language}{place.format(search=search)}")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert violations(page, axe) == [], f"{language}{place} of {who!r}, {scheme}, {width}"
            assert overflow(page) <= 0, f"{language}{place} of {who!r} at {width}"
        page.context.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_feed_is_made_by_keyboard(browser, site: str, accounts: Accounts, language: str) -> None:
    page = opened(browser, site, accounts, "salem")
    page.goto(f"/{language}/my-work")
    page.locator("form[action$='/my-work/feed'] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("main h1")
    expect(page.locator("text=/feed.atom/")).not_to_have_count(0)
    assert overflow(page) <= 0
    page.context.close()
