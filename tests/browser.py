"""One real Chromium for the whole run, for all that is drawn: pictures, diagrams, pages.

Needs Debian's chromium and chromium-driver, and selenium from PyPI; where widths count, Debian's
fonts-liberation, fonts-noto-core, -cjk and -color-emoji. Without them tests skip (`needs_browser`,
`needs_fonts`); in CI they fail.
"""

from __future__ import annotations

import atexit
import base64
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from real_parts import require

_FONTS = "fonts for every script (Debian's fonts-liberation, fonts-noto-core, -cjk and -color-emoji)"
_BROWSER = "Chromium (Debian's chromium and chromium-driver) with selenium (PyPI)"
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
    "--allow-file-access-from-files",
)


def needs_browser() -> None:
    """Skip here, fail under CI, unless `driver` can work."""
    programs = shutil.which("chromium") and shutil.which("chromedriver")
    require(_BROWSER, bool(programs and find_spec("selenium")))


def needs_fonts() -> None:
    """Skip here, fail under CI, unless every script and emoji has a font of the usual width."""
    needs_browser()
    tool = shutil.which("fc-list")
    listed = subprocess.run([tool], capture_output=True, text=True).stdout if tool else ""
    require(_FONTS, all(font in listed for font in ("Liberation Sans", "Thai", "CJK", "Color Emoji")))


@cache
def folder() -> Path:
    """Where pages may be written for the browser to open; gone when the run ends."""
    made = Path(tempfile.mkdtemp(prefix="timeline-browser-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def driver() -> Any:
    """The browser (selenium's), closed when the run ends. What it logs is kept: `driver().get_log`."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*_FLAGS, f"--user-data-dir={folder() / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    atexit.register(started.quit)  # before the folder goes: handlers run last in, first out
    return started


_tabs: dict[str, str] = {}


def tab(name: str) -> bool:
    """Go to the tab of a name; whether it is a new one. Who opens pages has a tab of their own, so
    that nobody loses the page that they left in theirs."""
    if name in _tabs:
        driver().switch_to.window(_tabs[name])
        return False
    driver().switch_to.new_window("tab")
    _tabs[name] = driver().current_window_handle
    return True


def screenshot(width: int, height: int) -> bytes:
    """The upper left part of the page that is open, as a PNG."""
    clip = {"x": 0, "y": 0, "width": max(width, 1), "height": max(height, 1), "scale": 1}
    shot = {"format": "png", "clip": clip, "captureBeyondViewport": True}
    return base64.b64decode(driver().execute_cdp_cmd("Page.captureScreenshot", shot)["data"])
