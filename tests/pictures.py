"""Pictures read back: what stands in an SVG, and in real Chromium what lies on what."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import browser

from timeline import load
from timeline.schedule import Schedule

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"


@cache
def _stories() -> Any:
    spec = importlib.util.spec_from_file_location("stories", ROOT / "docs" / "stories.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def harbour(events: int, seed: int = 1921) -> Schedule:
    """An invented story of so many events, solved."""
    return load(_stories().story(events, seed).encode())


def parse(svg: str) -> ET.Element:
    """An SVG as a tree, by a parser that takes no less than XML."""
    return ET.fromstring(svg.encode())


def groups(root: ET.Element, kind: str) -> list[ET.Element]:
    """The groups of a class, in document order."""
    return [g for g in root.iter(f"{SVG}g") if kind in (g.get("class") or "").split()]


def words(group: ET.Element) -> list[str]:
    """The lines of text in a group."""
    return ["".join(t.itertext()) for t in group.iter(f"{SVG}text")]


_PAGE = """<!doctype html><meta charset="utf-8"><title>picture</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body {{ margin: 0 }} #host {{ width: {width}px }} svg {{ width: 100% }}</style>
<div id="host">{svg}</div>
"""

# What lies on what. Boxes of letters are as high as their font: two lines may share a pixel.
_LOOK = """
const root = document.querySelector('svg'), frame = root.getBoundingClientRect(), found = [];
const boxes = [...root.querySelectorAll('text')].map(one => {
  const at = one.getBoundingClientRect();
  return {text: one.textContent, l: at.left, r: at.right, t: at.top + 1.2, b: at.bottom - 1.2};
});
const meet = (a, b, by) => a.l + by < b.r && b.l + by < a.r && a.t < b.b && b.t < a.b;
boxes.sort((a, b) => a.t - b.t);
boxes.forEach((one, i) => {
  if (one.l < frame.left || one.r > frame.right || one.t < frame.top || one.b > frame.bottom)
    found.push(`outside: ${one.text}`);
  for (let j = i + 1; j < boxes.length && boxes[j].t < one.b; j++)
    if (meet(one, boxes[j], 0.5)) found.push(`on each other: ${one.text} | ${boxes[j].text}`);
});
const against = (l, r, t, b, what) => {
  if (l < frame.left - 0.5 || r > frame.right + 0.5) found.push(`outside: ${what}`);
  for (const one of boxes) {
    if (one.t > b) break;
    if (meet(one, {l, r, t, b}, 0.5)) found.push(`${what} on: ${one.text}`);
  }
};
for (const mark of root.querySelectorAll('.event .mark')) {
  if (!mark.firstElementChild) continue;
  const at = mark.getBoundingClientRect(), event = mark.closest('.event');
  const struck = event.classList.contains('cancelled') ? 6 : 0;
  against(at.left + struck, at.right - struck, at.top, at.bottom,
          'mark of ' + event.dataset.event);
}
for (const order of root.querySelectorAll('.order[data-from]')) {
  const what = `arrow ${order.dataset.from} ${order.dataset.to}`;
  const line = order.querySelector('.line'), matrix = line.getScreenCTM();
  for (let at = 0; at <= line.getTotalLength(); at += 3) {
    const p = line.getPointAtLength(at).matrixTransform(matrix);
    against(p.x - 0.4, p.x + 0.4, p.y - 0.4, p.y + 0.4, what);
  }
  const head = order.querySelector('.head').getBoundingClientRect();
  against(head.left, head.right, head.top, head.bottom, what);
}
return {found: [...new Set(found)], texts: boxes.length, width: frame.width, height: frame.height};
"""


def look(svg: str, width: int) -> dict[str, Any]:
    """A picture in a page of real Chromium, under a policy that lets nothing run: `found`, what
    lies where it should not; `errors`, what the browser complains of; how many texts, its size."""
    page = browser.folder() / "picture.html"
    page.write_text(_PAGE.format(width=width, svg=svg), encoding="utf-8")
    browser.tab("picture")
    driver = browser.driver()
    driver.get_log("browser")
    driver.get(page.as_uri())
    seen: dict[str, Any] = driver.execute_script(_LOOK)
    seen["errors"] = [entry["message"] for entry in driver.get_log("browser")]
    return seen
