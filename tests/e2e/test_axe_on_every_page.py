"""axe-core finds nothing wrong with any page: both languages, both schemes, wide and narrow.

A new page joins by its address: in FAKE_PLACES when the small collection in memory has something
to show there, in REAL when it needs the real one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import COMPARING_PLACES, FAKE_PLACES, served, violations
from tests.service.fake_service import FakeService

pytestmark = pytest.mark.browser

FAKE = (*FAKE_PLACES, "/nowhere")
REAL = (
    "/",
    "/?q=visa trading",
    "/?q=visa trading&outcome=acquitted",
    "/laws/kw-law-2013-91",
    "/laws/kw-law-2013-91/art-1",
    "/laws/kw-law-2013-91/art-13?as_at=2020-01-01",
    "/matters/kw-training-0001-a",
    *COMPARING_PLACES,
    "/glossary",
    "/statistics",
    "/about",
    "/access",
    "/case-studies",
    "/case-studies/new?matter=kw-training-0001-a",
    "/draft?example=en",
    "/coverage?treaty=all&status=gap",
    "/distinguish?example=en",
    "/record?q=visa trading",
    "/record/check",
    "/my-work",
    "/my-work/notes/new?target=kw-law-2013-91/art-2",
    "/my-work/export",
)


@pytest.fixture(scope="module")
def fake_site() -> Iterator[str]:
    """The address of a server over the fake collection."""
    with served(FakeService()) as address:
        yield address


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing(
    browser, fake_site, real_site, axe: str, language: str, scheme: str, width: int
) -> None:
    for site, places in ((fake_site, FAKE), (real_site, REAL)):
        context = browser.new_context(
            base_url=site,
            bypass_csp=True,
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
        )
        page = context.new_page()
        for place in places:
            page.goto(f"/{language}{place}")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert violations(page, axe) == [], f"{language}{place}, {scheme}, {width} px"
        context.close()
