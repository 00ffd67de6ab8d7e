"""A browser on the sandbox's page: one Chromium for all tests, a context of its own for each."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sandbox.client import Person
from tests.sandbox.conftest import box, door, make_stand, sb
from tests.sandbox.stand import Stand

__all__ = ["box", "door", "make_stand", "sb"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# In milliseconds, as Playwright counts: the page has that long on a busy machine.
PATIENCE = 60_000.0
Open = Callable[..., Page]

expect.set_options(timeout=PATIENCE)


# not for the session: while Playwright is there, an event loop runs in this thread, which other tests do not expect
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def stand(make_stand: Callable[[str], Stand]) -> Stand:
    """A channel with Sara and the app in it, over HTTP."""
    return make_stand("http")


@pytest.fixture
def open_as(context: BrowserContext, stand: Stand) -> Iterator[Open]:
    """Opens the page as somebody; afterwards nothing may have gone wrong in it, or left this machine."""
    asked: list[str] = []
    broken: list[str] = []

    def open_(person: Person, path: str | None = None) -> Page:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
        page.goto(f"{stand.sb.url}/as/{person.id}/{path or f'c/{stand.channel}'}")
        return page

    yield open_
    house = (stand.sb.url + "/", "data:")
    assert [url for url in asked if not url.startswith(house)] == []
    assert broken == []


@pytest.fixture
def page(open_as: Open, stand: Stand) -> Page:
    """The channel, as Sara."""
    return open_as(stand.sara)
