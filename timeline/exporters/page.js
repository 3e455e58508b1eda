"use strict";
(() => {
  const at = id => document.getElementById(id);
  const list = at("List"), said = at("Said"), bar = at("Chosen"), picture = at("Picture");
  const items = [...list.children];
  const byId = new Map(items.map(item => [item.id, item]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const goTo = one => one.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  document.documentElement.classList.add("scripted");
  const drawn = () => picture ? picture.querySelectorAll("[data-event]") : [];
  const arrows = () => picture ? picture.querySelectorAll("[data-from]") : [];

  // --- choose an event: what it rests on lights up -----------------------------------------------
  // By event, what each bound rests on: start earliest, start latest, end earliest, end latest.
  let see = () => {}; // brings an event into the frame of the picture
  const because = JSON.parse(list.dataset.because);
  let chosen = "";

  const chain = id => {
    const events = new Set(), steps = new Set();
    for (let bound = 0; bound < 4; bound++) {
      let name = id, own = bound;
      for (;;) {
        const on = because[name] && because[name][own];
        if (!on) break;
        const [other, end] = on.split(".");
        if (other !== name) {
          events.add(other);
          steps.add(`${other} ${name}`).add(`${name} ${other}`);
        }
        name = other;
        own = (end === "end" ? 2 : 0) + bound % 2;
      }
    }
    events.delete(id);
    return { events, steps };
  };

  const paint = () => {
    const { events, steps } = chosen ? chain(chosen) : { events: new Set(), steps: new Set() };
    const mark = (one, id) => {
      one.classList.toggle("chosen", id === chosen);
      one.classList.toggle("lit", events.has(id));
    };
    items.forEach(item => {
      mark(item, item.id);
      item.setAttribute("aria-current", String(item.id === chosen));
    });
    drawn().forEach(one => {
      mark(one, one.dataset.event);
      one.setAttribute("aria-pressed", String(one.dataset.event === chosen));
    });
    arrows().forEach(one =>
      one.classList.toggle("lit", steps.has(`${one.dataset.from} ${one.dataset.to}`)));
    document.body.classList.toggle("choosing", chosen !== "");
    bar.classList.toggle("on", chosen !== "");
    bar.querySelector(".acts").hidden = chosen === "";
    return events.size;
  };

    const choose = id => {
    const item = byId.get(id);
    if (item.hidden) unfilter();
    chosen = id;
    const count = paint();
    see(id);
    item.querySelector("details").open = true;
    said.textContent = `Chosen: ${linkOf(item).textContent}. ` + (
      count ? `Its date rests on ${count} other event${count > 1 ? "s" : ""}.`
            : "Its date rests on no other event.");
  };
  const letGo = () => {
    if (!chosen) return;
    chosen = "";
    paint();
    said.textContent = "Nothing is chosen.";
  };
  const address = (kind, url) => {
    try {
      history[kind](null, "", url);
    } catch { /* a preview in a sandbox has no address: the page works without */ }
  };
  const clear = () => {
    if (chosen) address("replaceState", location.pathname + location.search);
    letGo();
  };
  const take = id => { // without going there
    if (location.hash !== "#" + id) address("pushState", "#" + id);
    choose(id);
  };
  const linkOf = item => item.querySelector("h3 a");
  const go = id => { // to its place in the list, the focus with it
    goTo(byId.get(id));
    linkOf(byId.get(id)).focus({ preventScroll: true });
  };
  const follow = () => {
    const id = location.hash.slice(1);
    if (byId.has(id)) {
      choose(id);
      go(id);
    } else if (id === "") {
      letGo();
    }
  };
  addEventListener("hashchange", follow);

  list.addEventListener("click", event => {
    const item = event.target.closest("#List > li");
    const link = event.target.closest("a");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link && link.closest("h3")) {
      event.preventDefault();
      take(item.id);
    } else if (link && link.hash && link.hash === location.hash) {
      follow(); // the same place once more is no change of the address
    } else if (item && !event.target.closest("a, summary, .because") && !String(getSelection())) {
      take(item.id);
    }
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (event.target.matches("input") && event.target.value) return; // the field clears itself
    clear();
  });

  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard outside https
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    said.textContent = "The link is copied.";
  };
  const acts = {
    picture: () => goTo(picture),
    list: () => go(chosen),
    copy: () => copy(location.href.split("#")[0] + "#" + chosen),
    clear,
  };
  bar.querySelector("[data-do=picture]").hidden = !picture;
  bar.addEventListener("click", event => {
    const act = event.target.closest("[data-do]");
    if (act) acts[act.dataset.do]();
  });
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.dataset.copy));
  }

  // --- filter --------------------------------------------------------------------------------------
  const form = at("Filter");
  let unfilter = () => {};
  if (form) {
    const search = form.querySelector("input"), reset = form.querySelector("button");
    const selects = [...form.querySelectorAll("select")];
    const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const texts = new Map();
    const textOf = item => {
      if (!texts.has(item)) {
        const parts = [...item.querySelectorAll(".when, .what > :not(.because)")];
        texts.set(item, fold(parts.map(part => part.textContent).join(" ")));
      }
      return texts.get(item);
    };
    const values = new Map(items.map(item => [item, selects.map(
      select => (item.dataset[select.name] || "").split(" "))]));

    const filter = () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      const wanted = selects.map(select => select.value);
      const counts = selects.map(() => new Map());
      let shown = 0;
      for (const item of items) {
        const own = values.get(item);
        const told = words.every(word => textOf(item).includes(word));
        const misses = wanted.map((value, i) => value !== "" && !own[i].includes(value));
        const missed = misses.filter(Boolean).length;
        item.hidden = !told || missed > 0;
        shown += !item.hidden;
        // Each choice counts what it would leave, the others standing as they are.
        own.forEach((held, i) => {
          if (told && missed - misses[i] === 0) {
            held.forEach(value => counts[i].set(value, (counts[i].get(value) || 0) + 1));
          }
        });
      }
      selects.forEach((select, i) => {
        for (const option of select.options) {
          if (option.value === "") continue;
          const count = counts[i].get(option.value) || 0;
          option.textContent = option.textContent.replace(/\(\d+\)$/, `(${count})`);
          option.disabled = count === 0 && !option.selected;
        }
      });
      const out = one => { const item = byId.get(one); return Boolean(item && item.hidden); };
      drawn().forEach(one => one.classList.toggle("out", out(one.dataset.event)));
      arrows().forEach(one =>
        one.classList.toggle("out", out(one.dataset.from) || out(one.dataset.to)));
      reset.hidden = !words.length && wanted.every(value => value === "");
      at("Count").textContent = reset.hidden ? `${items.length} event${items.length === 1 ? "" : "s"}`
        : shown ? `${shown} of ${items.length} events` : "No event fits. Show all, or choose less.";
    };
    unfilter = () => { form.reset(); };
    form.addEventListener("input", filter);
    form.addEventListener("change", filter);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => {
      search.value = "";
      selects.forEach(select => { select.value = ""; });
      filter();
    });
    form.hidden = false;
    filter();
  }

  // --- the picture: zoom and pan by its viewBox ------------------------------------------------------
  if (picture) {
    const frame = picture.querySelector(".frame"), tools = picture.querySelector(".tools");
    const drawings = [...frame.querySelectorAll(".drawing > svg")];
    const whole = new WeakMap(drawings.map(svg => [svg, svg.viewBox.baseVal]).map(
      ([svg, box]) => [svg, [box.x, box.y, box.width, box.height]]));
    const CLOSEST = 16, STEP = 1.5;
    const current = () => drawings.find(one => one.getClientRects().length) || drawings[0];
    const boxOf = svg => { const box = svg.viewBox.baseVal; return [box.x, box.y, box.width, box.height]; };
    const look = (svg, x, y, width) => {
      const [x0, y0, full, height0] = whole.get(svg);
      width = Math.min(full, Math.max(full / CLOSEST, width));
      const height = height0 * width / full;
      x = Math.min(x0 + full - width, Math.max(x0, x));
      y = Math.min(y0 + height0 - height, Math.max(y0, y));
      svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
      frame.classList.toggle("zoomed", width < full);
      tools.querySelector("output").textContent = `${Math.round(100 * full / width)} %`;
    };
    const zoom = (factor, px, py) => { // about a point of the window, or the middle of what is seen
      const svg = current(), seen = svg.getBoundingClientRect(), port = frame.getBoundingClientRect();
      const middle = (low, high) => (Math.max(...low) + Math.min(...high)) / 2;
      px ??= middle([seen.left, port.left, 0], [seen.right, port.right, innerWidth]);
      py ??= middle([seen.top, port.top, 0], [seen.bottom, port.bottom, innerHeight]);
      const [x, y, width, height] = boxOf(svg), full = whole.get(svg)[2];
      const next = Math.min(full, Math.max(full / CLOSEST, width / factor));
      const fx = (px - seen.left) / seen.width, fy = (py - seen.top) / seen.height;
      look(svg, x + fx * (width - next), y + fy * (height - height * next / width), next);
    };
    const pan = (dx, dy) => { // by pixels of the window
      const svg = current(), seen = svg.getBoundingClientRect();
      const [x, y, width, height] = boxOf(svg);
      look(svg, x + dx * width / seen.width, y + dy * height / seen.height, width);
    };
    const all = () => look(current(), ...whole.get(current()).slice(0, 3));
    const moves = { in: () => zoom(STEP), out: () => zoom(1 / STEP), all };
    tools.hidden = false;
    tools.addEventListener("click", event => {
      const button = event.target.closest("[data-zoom]");
      if (button) moves[button.dataset.zoom]();
    });
    const PACE = 60;
    frame.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const arrows = event.key.startsWith("Arrow");
      const act = {
        "+": moves.in, "=": moves.in, "-": moves.out, "0": all,
        ArrowLeft: () => pan(-PACE, 0), ArrowRight: () => pan(PACE, 0),
        ArrowUp: () => pan(0, -PACE), ArrowDown: () => pan(0, PACE),
      }[event.key];
      if (!act || (arrows && !frame.classList.contains("zoomed"))) return;
      event.preventDefault();
      act();
    });
    frame.addEventListener("wheel", event => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    }, { passive: false });

    // The events of a drawing: one stop of the keyboard, up and down among them.
    see = id => {
      const one = current().querySelector(`[data-event="${id}"]`);
      if (!one) return;
      const off = () => {
        const at = one.getBoundingClientRect(), port = frame.getBoundingClientRect();
        if (at.top >= port.top && at.bottom <= port.bottom) return 0;
        return (at.top + at.bottom) / 2 - (port.top + port.bottom) / 2;
      };
      if (frame.classList.contains("zoomed")) pan(0, off());
      frame.scrollTop += off();
    };
    for (const svg of drawings) {
      const events = [...svg.querySelectorAll("[data-event]")];
      events.forEach((one, i) => {
        one.setAttribute("role", "button");
        one.setAttribute("aria-pressed", "false");
        one.setAttribute("tabindex", i ? "-1" : "0");
      });
      svg.addEventListener("keydown", event => {
        const one = event.target.closest("[data-event]");
        if (!one) return;
        const i = events.indexOf(one);
        const next = events[{ ArrowUp: i - 1, ArrowDown: i + 1, Home: 0, End: events.length - 1 }[event.key]];
        if (next) {
          one.setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus({ preventScroll: frame.classList.contains("zoomed") });
          see(next.dataset.event);
        } else if (event.key === "Enter" || event.key === " ") {
          take(one.dataset.event);
        } else if (event.key !== "ArrowUp" && event.key !== "ArrowDown") {
          return;
        }
        event.preventDefault();
      });
    }

    const held = new Map(); // pointers that are down
    let moved = false;
    frame.addEventListener("pointerdown", event => {
      held.set(event.pointerId, event);
      if (held.size === 1) moved = false;
    });
    frame.addEventListener("pointermove", event => {
      const before = held.get(event.pointerId);
      if (!before) return;
      if (held.size === 2) {
        const other = [...held.values()].find(one => one.pointerId !== event.pointerId);
        const gap = one => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
        moved = true;
        if (gap(before) > 0) {
          zoom(gap(event) / gap(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
        }
      } else if (frame.classList.contains("zoomed")) {
        const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
        if (!moved && Math.hypot(dx, dy) < 4) return;
        if (!moved) frame.setPointerCapture(event.pointerId);
        moved = true;
        frame.classList.add("held");
        pan(-dx, -dy);
      }
      held.set(event.pointerId, event);
    });
    for (const kind of ["pointerup", "pointercancel", "pointerleave"]) {
      frame.addEventListener(kind, event => {
        held.delete(event.pointerId);
        frame.classList.remove("held");
      });
    }
    frame.addEventListener("click", event => {
      const one = event.target.closest("[data-event]");
      if (one && !moved && byId.has(one.dataset.event)) take(one.dataset.event);
    });
  }

  follow();
})();
