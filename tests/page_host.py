"""The page in real Chromium, served by a server that notes what is asked of it.

`opened` gives the page a browser of its own state: width, colours, scripts or none; what goes wrong in
it (errors, violations of its policy, anything that ran) is in `faults`.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import browser
from real_parts import require

from timeline.exporters.html import policy

_AXE = Path(__file__).parent / "js" / "node_modules" / "axe-core" / "axe.min.js"
_WATCH = """
window.fired = [];
window.alert = window.confirm = window.prompt = what => fired.push('ran: ' + what);
addEventListener('error', event => fired.push('error: ' + event.message));
addEventListener('unhandledrejection', event => fired.push('error: ' + event.reason));
document.addEventListener('securitypolicyviolation', event =>
  fired.push(`violation: ${event.violatedDirective} ${event.blockedURI}`));
"""


class _Site:
    """A server on this machine: pages by path, and every path that was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                body = site.pages.get(self.path, "").encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", f"{policy()}; frame-ancestors 'none'")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


_site = cache(_Site)


class Page:
    """A page that is open."""

    def __init__(self) -> None:
        self.driver = browser.driver()

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a script's `return`."""
        return self.driver.execute_script(script, *arguments)

    def keys(self, *keys: str) -> None:
        """Keys as a person presses them, to whatever has the focus."""
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()

    def settle(self) -> None:
        """Wait until what was changed is drawn: where touches lead is known only then."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))"
        )

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def shown(self) -> list[str]:
        """The ids of the events in the list that are shown."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll('#List > li')].filter(i => i.checkVisibility())"
            ".map(i => i.id)"
        )
        return found

    def marked(self, name: str, where: str = "#List > li") -> set[str]:
        """The events that have a class."""
        return set(self.run(
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter(e => e.classList.contains(arguments[1])).map(e => e.dataset.event || e.id)",
            where, name,
        ))  # fmt: skip

    def await_marked(self, name: str, wanted: set[str]) -> None:
        """Wait until just these have the class: a link within the page is followed a moment after
        its click (the event of the changed address is a task of its own). Too late is a failure."""
        from selenium.common.exceptions import TimeoutException
        from selenium.webdriver.support.wait import WebDriverWait

        with suppress(TimeoutException):
            WebDriverWait(self.driver, 10, 0.02).until(lambda _: self.marked(name) == wanted)
        assert self.marked(name) == wanted

    def faults(self) -> list[str]:
        """What went wrong or ran that never may; what the browser's console says."""
        console = [entry["message"] for entry in self.driver.get_log("browser")]
        return [*self.run("return window.fired"), *console]

    def asked(self) -> list[str]:
        """What was asked of the server since the page was opened."""
        return list(_site().asked)

    def axe(self) -> list[str]:
        """The violations that axe-core finds, each with its elements."""
        if not self.run("return !!window.axe"):
            self.run(_AXE.read_text("utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run({resultTypes: ['violations']})"
            ".then(r => done(r.violations)).catch(e => done([{id: String(e), nodes: []}]));"
        )
        return [f"{v['id']}: {[n['html'][:200] for n in v['nodes']][:5]}" for v in found]


def needs_axe() -> None:
    """Skip here, fail under CI, unless axe-core is there."""
    require("axe-core (npm install --prefix tests/js)", _AXE.exists())


def opened(
    source: str, *, width: int = 1000, height: int = 800, dark: bool = False, anchor: str = "",
    scripts: bool = True, print_: bool = False,
) -> Page:  # fmt: skip
    """The page, loaded in a window of this width."""
    browser.needs_browser()
    browser.tab("page")
    site, driver = _site(), browser.driver()
    browser.tab("page")  # what is emulated is this tab's alone
    site.pages["/page.html"] = source
    command = driver.execute_cdp_cmd
    command("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    command("Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})  # fmt: skip
    command("Emulation.setTouchEmulationEnabled", {"enabled": False})  # no finger is left from before
    command("Emulation.setTouchEmulationEnabled", {"enabled": width < 500})
    command("Emulation.setEmulatedMedia", {
        "media": "print" if print_ else "",
        "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                     {"name": "prefers-reduced-motion", "value": "reduce"}],
    })  # fmt: skip
    driver.get("about:blank")
    _watch()
    driver.get_log("browser")
    site.asked.clear()
    driver.get(f"http://127.0.0.1:{site.server.server_port}/page.html{anchor}")
    return Page()


@cache
def _watch() -> None:
    command = browser.driver().execute_cdp_cmd
    command("Page.enable", {})
    command("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
