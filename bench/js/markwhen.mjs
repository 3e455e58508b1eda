// Reads a document with Markwhen's parser, and prints how many events it dated.
import { readFileSync } from "node:fs";
import { parse } from "@markwhen/parser";

const { events } = parse(readFileSync(process.argv[2], "utf8"));
const dated = (node) =>
  node.children ? node.children.reduce((sum, child) => sum + dated(child), 0) : 1;
console.log(dated(events));
