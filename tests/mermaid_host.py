"""Three Mermaids to ask: what a source means (a bare V8), and what it looks like (Chromium).

`read_back` parses with the published `mermaid.min.js` in `mini-racer` and gives what the diagram's
model holds, every text as the page will show it. It knows nothing of layout: `render` draws in real
Chromium and gives the picture, its texts, where they lie, and whether anything was executed.

Needs `npm install --prefix tests/js`, mini-racer and selenium from PyPI; from Debian chromium,
chromium-driver and, where widths count, fonts-noto-core, -cjk and -color-emoji. Without them tests
skip (`needs_reader`, `needs_browser`, `needs_fonts`); in CI they fail.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import browser
from real_parts import require

VERSIONS = ("10.9", "11.12", "12.3")
_MODULES = Path(__file__).parent / "js" / "node_modules"
_READER = "three Mermaids (npm install --prefix tests/js) in mini-racer (PyPI)"


def _script(version: str) -> Path:
    """The bundle of a version; the npm aliases are named after the major one."""
    return _MODULES / f"mermaid-{version.partition('.')[0]}" / "dist" / "mermaid.min.js"


def has_reader() -> bool:
    """Whether `read_back` can work."""
    there = all(_script(version).exists() for version in VERSIONS)
    return there and bool(find_spec("py_mini_racer"))


def needs_reader() -> None:
    """Skip here, fail under CI, unless `read_back` can work."""
    require(_READER, has_reader())


def needs_browser() -> None:
    """Skip here, fail under CI, unless `render` can work."""
    needs_reader()
    browser.needs_browser()


def needs_fonts() -> None:
    """Skip here, fail under CI, unless every script and emoji has a font of the usual width."""
    needs_reader()
    browser.needs_fonts()


# --- what a source means -------------------------------------------------------------------------

# What the bundles touch while they load. DOMPurify finds a document that it cannot use and hands
# every text back as it is; `_shown` therefore counts live markup as markup, never as text.
_BARE_DOCUMENT = """
var window = globalThis, self = globalThis;
function Element() {}
function blank() { return {style: {}, setAttribute() {}, appendChild() {}}; }
var document = {
  nodeType: 9, implementation: {}, documentElement: blank(), head: blank(), body: blank(),
  createElement: blank, createElementNS: blank, addEventListener() {},
  getElementsByTagName() { return []; }, querySelector() { return null; },
};
window.addEventListener = function () {};
window.structuredClone = value => JSON.parse(JSON.stringify(value));
"""

_READ_BACK = """
mermaid.initialize({startOnLoad: false, securityLevel: 'loose'});
const list = found => Array.from(found instanceof Map ? found.values() : Object.values(found));
const local = when => when && [
  when.getFullYear(), when.getMonth() + 1, when.getDate(), when.getHours(), when.getMinutes(),
];
const models = {
  timeline: db => ({
    title: db.getCommonDb().getDiagramTitle(),
    sections: db.getSections(),
    periods: db.getTasks().map(t => ({section: t.section, text: t.task, events: t.events})),
  }),
  gantt: db => ({
    title: db.getDiagramTitle(),
    accessible: [db.getAccTitle(), db.getAccDescription()],
    sections: db.getSections(),
    tasks: db.getTasks().map(t => ({
      id: t.id, section: t.section, text: t.task,
      start: local(t.startTime), end: local(t.endTime),
      tags: ['active', 'done', 'crit', 'milestone', 'vert'].filter(tag => t[tag]),
    })),
    links: list(db.getLinks()),
  }),
  flowchart: db => ({
    title: db.getDiagramTitle(),
    accessible: [db.getAccTitle(), db.getAccDescription()],
    vertices: list(db.getVertices()).map(v => ({
      id: v.id, text: v.text, labelType: v.labelType, classes: v.classes, link: v.link ?? null,
    })),
    edges: db.getEdges().map(e => ({
      start: e.start, end: e.end, text: e.text, labelType: e.labelType, stroke: e.stroke,
    })),
    subgraphs: db.getSubGraphs().map(s => ({id: s.id, text: s.title, nodes: s.nodes})),
  }),
};
async function readBack(source) {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
  const kind = diagram.type.startsWith('flowchart') ? 'flowchart' : diagram.type;
  return JSON.stringify({kind, ...models[kind](diagram.db)});
}
"""


@cache
def _reader(version: str) -> Any:
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    engine.eval(_BARE_DOCUMENT)
    engine.eval(_script(version).read_text(encoding="utf-8") + "\n;0")
    engine.eval(_READ_BACK)
    return engine


def read_back(source: str, version: str) -> dict[str, Any]:
    """What Mermaid `version` takes `source` for: plain data, texts as shown.

    `kind` is timeline, gantt or flowchart; `title`; by kind `sections` and `periods` (section,
    text, events), `sections` and `tasks` (times as [y, m, d, h, min] local), or `vertices`, `edges`
    and `subgraphs`; but for a timeline `accessible`, title and description for screen readers. The
    title of the front matter is not in it. What does not parse raises what the engine says.
    """
    promise = _reader(version).eval(f"readBack({json.dumps(source)})")
    model: dict[str, Any] = json.loads(promise.get(timeout=30))

    def texts(value: Any, as_html: bool) -> Any:
        if isinstance(value, str):
            return _shown(value, as_html)
        if isinstance(value, list):
            return [texts(one, as_html) for one in value]
        if isinstance(value, dict):
            return {key: texts(one, as_html and key != "accessible") for key, one in value.items()}
        return value

    shown: dict[str, Any] = texts(model, model["kind"] == "flowchart")
    return shown


def said_of_events(model: dict[str, Any]) -> list[str]:
    """What a read diagram says of events, the key left out."""
    if model["kind"] == "timeline":
        return [e for p in model["periods"] if p["section"] != "Key" for e in p["events"]]
    if model["kind"] == "gantt":
        return [t["text"] for t in model["tasks"] if t["section"] != "Key"]
    return [v["text"] for v in model["vertices"] if v["id"].startswith("e")]


_ESCAPED = re.compile("ﬂ°(°?)(\\w+)¶ß")
_LIVE = {False: re.compile("<(?!br>)"), True: re.compile("<(?!br>)|&[a-z#]|`", re.IGNORECASE)}


def _shown(raw: str, as_html: bool) -> str:
    """A text of the model as a page shows it: stand-ins decoded, `<br>` a line break, a hair space
    (BREAK) nothing.

    Other live markup, and in a flowchart a live reference, is what nobody meant: it is marked ⟦…⟧.
    """
    if _LIVE[as_html].search(raw):
        return f"⟦{raw}⟧"
    laid_out = raw.replace("<br>", "\n").replace("\u200a", "").strip(" ")
    return _ESCAPED.sub(
        lambda found: html.unescape(f"&{'#' if found[1] else ''}{found[2]};"), laid_out
    )


# --- what it looks like --------------------------------------------------------------------------

# A body as wide as asked and no more; what must never run says so in `fired`.
_PAGE = """<!doctype html><meta charset="utf-8"><title>host</title>
<style>body {{ margin: 0; background: #fff }} #host {{ overflow: hidden }}</style>
<script>
var fired = [];
window.alert = window.confirm = window.prompt = window.pwned = what => fired.push('ran: ' + what);
window.onerror = what => {{ fired.push('error: ' + what); }};
</script>
<script src="{script}"></script>
<div id="host"></div>
"""

_RENDER = """
const [source, width, loaded, done] = arguments;
const host = document.getElementById('host');
host.style.width = width + 'px';
host.innerHTML = '';
fired.length = 0;
mermaid.initialize({startOnLoad: false, securityLevel: 'loose'});
async function draw() {
  if (!loaded) {
    const made = await mermaid.render('picture', source, host);
    host.innerHTML = made.svg;
    made.bindFunctions?.(host);
    return made.svg;
  }
  const block = host.appendChild(document.createElement('pre'));
  block.textContent = source;
  await mermaid.run({nodes: [block]});
  return block.innerHTML;
}
draw().then(svg => {
  const picture = host.querySelector('svg'), frame = picture.getBoundingClientRect();
  const scale = frame.width / picture.viewBox.baseVal.width;
  const labels = [...picture.querySelectorAll('text, foreignObject, svg > title, svg > desc')]
    .filter(one => one.textContent.trim());
  const boxes = labels.map(one => {
    const inner = one.tagName === 'foreignObject' ? one.firstElementChild : one;
    const at = inner.getBoundingClientRect();
    const lines = [...one.querySelectorAll('tspan')].filter(t => !t.querySelector('tspan'));
    const text = lines.length ? lines.map(t => t.textContent.trim()).join('\\n')
               : inner === one ? one.textContent : inner.innerText;
    return {
      text, x: at.x - frame.x, y: at.y - frame.y, width: at.width, height: at.height,
      of: one.parentElement.closest('g')?.getAttribute('class') ?? one.tagName,
      font: parseFloat(getComputedStyle(inner).fontSize) * scale,
    };
  });
  const live = picture.querySelectorAll(
    'script, iframe, object, embed, img, image, a, form, input, [onload], [onerror], [onclick]');
  for (const link of picture.querySelectorAll('a')) link.dispatchEvent(new MouseEvent('click'));
  setTimeout(() => done({
    svg, boxes, width: frame.width, height: frame.height,
    errors: [...fired, ...[...live].map(one => 'live: ' + one.outerHTML.slice(0, 200))],
  }), 0);
}).catch(wrong => done({svg: '', boxes: [], width: 0, height: 0, errors: [String(wrong)]}));
"""


def _show(version: str) -> None:
    """A tab for each version, since to load a bundle takes a second."""
    if browser.tab(f"mermaid {version}"):
        page = browser.folder() / f"{version}.html"
        script = _script(version).resolve().as_uri()
        page.write_text(_PAGE.format(script=script), encoding="utf-8")
        browser.driver().get(page.as_uri())


def render(source: str, version: str, width: int, *, loaded: bool = False) -> dict[str, Any]:
    """`source` drawn by Mermaid `version` in a page `width` pixels wide, at securityLevel loose.

    By `mermaid.render`, as an editor does; or, `loaded`, by `mermaid.run` on a `pre`, as a page
    does when it loads: that reads the source once more as HTML and rewrites `<br>`.

    svg; texts (one a label, its lines joined by a newline, runs of spaces collapsed as a reader
    sees them; title and description for screen readers too); boxes (text, x, y, width, height in
    pixels of the page from the picture's corner; font, the size of its letters in pixels; of, the
    class of its group, or title, desc, text); width, height; errors: what was thrown, what ran,
    what stands live in it (links, handlers, frames); png, as bytes.
    """
    _show(version)
    driver = browser.driver()
    made: dict[str, Any] = driver.execute_async_script(_RENDER, source, width, loaded)
    for box in made["boxes"]:
        box["text"] = "\n".join(" ".join(line.split()) for line in box["text"].split("\n")).strip()
    made["texts"] = [box["text"] for box in made["boxes"]]
    made["png"] = browser.screenshot(width, made["height"])
    return made
