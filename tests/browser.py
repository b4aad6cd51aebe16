"""A real headless browser for the tests of pages: Chromium, driven through Playwright; every wait ends by itself."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize, sync_playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
LIMIT_MS = 120_000


def chromium() -> str:
    """Find the browser; `make test` installs it."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    assert found is not None, "Chromium is not there: sudo apt-get install chromium"
    return found


@contextmanager
def opened(path: Path, *, language: str = "vi-VN", width: int = 1280, scheme: str = "light") -> Iterator[Page]:
    """Open a file from disk; whatever the page logs as an error, or asks of a network, fails the test."""
    with shown(path.as_uri(), _is_no_network, language=language, width=width, scheme=scheme) as page:
        yield page


@contextmanager
def shown(
    url: str,
    is_own: Callable[[str], bool],
    *,
    language: str,
    width: int = 1280,
    scheme: str = "light",
    script: bool = True,
) -> Iterator[Page]:
    """Open a page; an error in it, a dialog, or a request for what is not its own fails the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS), timeout=LIMIT_MS)
        try:
            view = ViewportSize(width=width, height=900)
            colours: Literal["dark", "light"] = "dark" if scheme == "dark" else "light"
            context = browser.new_context(
                locale=language, viewport=view, color_scheme=colours, java_script_enabled=script
            )
            page = context.new_page()
            page.set_default_timeout(LIMIT_MS)
            wrong: list[str] = []
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            page.on("request", lambda asked: None if is_own(asked.url) else wrong.append(asked.url))
            page.on("dialog", lambda dialog: wrong.append(dialog.message))
            page.goto(url)
            yield page
            assert wrong == []
        finally:
            browser.close()


def _is_no_network(url: str) -> bool:
    return not url.startswith("http")
