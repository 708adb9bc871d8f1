"""A headless Chromium driven by Playwright: what a page asks for, says and shows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

WITH_WEBGL = ("--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
WITHOUT_WEBGL = ("--disable-gpu", "--disable-3d-apis")
DESKTOP, PHONE = (1366, 768), (360, 740)
"""Width and height in CSS pixels."""

PATIENCE_MS = 60_000
SOFTWARE_DRAWING = "GL Driver Message"
"""How Chromium's own driver remarks that it is slow to draw WebGL without a graphics card."""

MAP_IS_DRAWN = "document.getElementById('map')?.dataset.drawn === 'yes' && window.corridorMap.loaded()"


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Debian's Chromium, or whichever is installed; Playwright downloads none."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM, chromium_sandbox=False, args=["--no-first-run", "--disable-component-update", *flags]
    )


@dataclass
class Tab:
    """One page of a browser: what it asked the network for, and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note requests, errors, warnings and dialogs from now on."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)
        self.page.on("dialog", self._refuse)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and SOFTWARE_DRAWING not in message.text:
            self.errors.append(message.text)

    def _refuse(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives; promises are awaited."""
        return self.page.evaluate(expression)

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true."""
        self.page.wait_for_function(f"() => Boolean({expression})")

    def resize(self, size: tuple[int, int]) -> None:
        """Set the size of the window in CSS pixels."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def open(self, path: Path) -> None:
        """Open a file and wait until it is loaded."""
        self.page.goto(path.as_uri())

    def open_with_map(self, path: Path) -> None:
        """Open a file and wait until its live map is drawn."""
        self.open(path)
        self.wait_for(MAP_IS_DRAWN)

    @property
    def focused(self) -> str:
        """What has the keyboard's focus: its tag, id, classes and first words."""
        return str(
            self.value(
                "(({ tagName, id, className, textContent }) => [tagName.toLowerCase(), id && '#' + id, "
                "className && '.' + className, textContent.trim().slice(0, 40)].filter(Boolean).join(' '))"
                "(document.activeElement)"
            )
        )


@contextmanager
def opened_tab(browser: Browser, *, size: tuple[int, int] = DESKTOP, **context: Any) -> Iterator[Tab]:
    """A page in a browser profile of its own, closed afterwards.

    Parameters
    ----------
    context : further settings of Playwright's `Browser.new_context`, such as `color_scheme`
    """
    profile = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **context)
    profile.set_default_timeout(PATIENCE_MS)
    tab = Tab(profile.new_page())
    tab.listen()
    try:
        yield tab
    finally:
        profile.close()
