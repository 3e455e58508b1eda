// Writes the entries of bench/calendars.py with ical-generator; prints the milliseconds it took.
import ical from "ical-generator";

const count = Number(process.argv[2]);
const stamp = new Date("2026-01-01T00:00:00Z");
const first = Date.UTC(2012, 0, 1);
const once = () => {
  const calendar = ical({ prodId: "-//bench//EN" });
  for (let i = 0; i < count; i += 1) {
    const start = new Date(first + i * 7 * 3_600_000);
    calendar.createEvent({
      id: `e${i}@bench`, stamp, created: stamp, lastModified: stamp, sequence: 0,
      start, end: new Date(start.getTime() + 3_600_000), summary: `Event number ${i}`,
      description: `27 Oct 2025, 18:30 (UTC)\nThe date is stated; source: A source\nNumber ${i}, as told`,
      status: "CONFIRMED", transparency: "TRANSPARENT", class: "PUBLIC",
    });
  }
  return calendar.toString();
};
once();
const start = performance.now();
once();
console.log(performance.now() - start);
