// What ical.js or node-ical reads in a calendar: an .ics on standard input, one JSON array of
// events on standard output.  Instants are UTC seconds as that library resolves the TZID.
// Usage: node read.mjs ical.js|node-ical <feed.ics

import { readFileSync } from "node:fs";

const floating = ["floating", null];

async function withIcalJs(text) {
  const { default: ICAL } = await import("ical.js");
  const calendar = new ICAL.Component(ICAL.parse(text));
  const instant = (event, name) => {
    const time = event.getFirstPropertyValue(name);
    if (time === null) return null;
    if (time.isDate) return ["date", time.toString()];
    return time.zone === ICAL.Timezone.localTimezone ? floating : ["utc", time.toUnixTime()];
  };
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: event.getFirstPropertyValue("uid"),
    summary: event.getFirstPropertyValue("summary"),
    description: event.getFirstPropertyValue("description"),
    location: event.getFirstPropertyValue("location"),
    status: event.getFirstPropertyValue("status"),
    sequence: event.getFirstPropertyValue("sequence") ?? 0,
    start: instant(event, "dtstart"),
    end: instant(event, "dtend"),
    categories: event.getAllProperties("categories").flatMap((property) => property.getValues()),
    related: event
      .getAllProperties("related-to")
      .map((property) => [property.getParameter("reltype") ?? "PARENT", property.getFirstValue()]),
  }));
}

async function withNodeIcal(text) {
  const { default: ical } = await import("node-ical");
  const pad = (number, width) => String(number).padStart(width, "0");
  const instant = (date) => {
    if (!date) return null;
    if (date.dateOnly) {
      // A day is midnight in this process's own zone.
      const day = [pad(date.getFullYear(), 4), pad(date.getMonth() + 1, 2), pad(date.getDate(), 2)];
      return ["date", day.join("-")];
    }
    return date.tz ? ["utc", date.getTime() / 1000] : floating;
  };
  // A property with parameters is {params, val}; one that occurs twice is a list.
  const plain = (value) => (value && typeof value === "object" ? value.val : value) ?? null;
  const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
  return Object.values(ical.sync.parseICS(text))
    .filter((item) => item.type === "VEVENT")
    .map((event) => ({
      uid: plain(event.uid),
      summary: plain(event.summary),
      description: plain(event.description),
      location: plain(event.location),
      status: plain(event.status),
      sequence: Number(event.sequence ?? 0),
      start: instant(event.start),
      end: instant(event.end),
      categories: event.categories ?? [],
      related: list(event["related-to"]).map((value) => [
        value?.params?.RELTYPE ?? "PARENT",
        plain(value),
      ]),
    }));
}

const readers = { "ical.js": withIcalJs, "node-ical": withNodeIcal };
const events = await readers[process.argv[2]](readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(events));
