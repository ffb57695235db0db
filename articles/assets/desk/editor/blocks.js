/* Headings, quotations, lists, code: what begins or surrounds whole lines. Pure. */

import { toggleMark } from "./inline.js";
import { asBlock, besideLine, leadOf, wholeLines } from "./lines.js";

const HEADING = /^(#{1,6})[ \t]+/;

/* Text becomes `##`, that `###`, and that text again. */
export function cycleHeading(text, start, end) {
  const { from, to } = wholeLines(text, start, end);
  const first = text.slice(from, to).split("\n").find((line) => line.trim()) ?? "";
  const level = HEADING.exec(first)?.[1] ?? "";
  const next = level === "##" ? "### " : level === "###" ? "" : "## ";
  return changeLines(text, start, end, (line, isOnly) =>
    line.trim() || isOnly ? next + line.replace(HEADING, "") : line);
}

export function toggleQuote(text, start, end) {
  const isQuoted = (line) => /^[ \t]*>/.test(line);
  return toggleLines(text, start, end, isQuoted, {
    add: (line) => `> ${line}`.trimEnd() + (line.trim() ? "" : " "),
    remove: (line) => line.replace(/^[ \t]*>[ \t]?/, ""),
    // A blank line would end the quotation.
    takesBlanks: true,
  });
}

export const toggleBullets = (text, start, end) =>
  toggleList(text, start, end, (lead) => /^[-*+]$/.test(lead.marker), () => "- ");

export const toggleNumbers = (text, start, end) =>
  toggleList(text, start, end, (lead) => /^\d/.test(lead.marker), (number) => `${number}. `);

function toggleList(text, start, end, isKind, marker) {
  let number = 0;
  const bare = (line) => {
    const lead = leadOf(line);
    return [lead.quote + lead.indent, line.slice(lead.all.length)];
  };
  return toggleLines(text, start, end, (line) => isKind(leadOf(line)), {
    add: (line) => {
      const [before, words] = bare(line);
      number += 1;
      return before + marker(number) + words;
    },
    remove: (line) => bare(line).join(""),
  });
}

function toggleLines(text, start, end, isSo, { add, remove, takesBlanks = false }) {
  const { from, to } = wholeLines(text, start, end);
  const lines = text.slice(from, to).split("\n");
  const counted = lines.filter((line) => line.trim());
  const change = counted.length > 0 && counted.every(isSo) ? remove : add;
  return changeLines(text, start, end, (line, isOnly) =>
    line.trim() || isOnly || takesBlanks ? change(line) : line);
}

function changeLines(text, start, end, change) {
  const { from, to } = wholeLines(text, start, end);
  const lines = text.slice(from, to).split("\n");
  const changed = lines.map((line) => change(line, lines.length === 1)).join("\n");
  const grown = changed.length - (to - from);
  const caret = Math.max(from, start + grown);
  const select = start === end ? [caret, caret] : [from, from + changed.length];
  return { start: from, end: to, text: changed, select };
}

/* Within a line backticks, around several lines a fence. */
export function toggleCode(text, start, end) {
  const words = text.slice(start, end);
  if (!words.includes("\n")) return toggleMark(text, start, end, "`");
  const fence = "`".repeat(Math.max(3, longestRun(words) + 1));
  return asBlock(text, start, end, `${fence}\n${words.replace(/\n$/, "")}\n${fence}`, [3, 3]);
}

const longestRun = (text) => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

export function makeTable(text, end, rows, columns) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const of = (make) => Array.from({ length: columns }, (_, index) => make(index));
  const head = row(of((index) => `제목 ${index + 1}`));
  const body = Array.from({ length: rows }, () => row(of(() => "  ")));
  const table = [head, row(of(() => "---")), ...body].join("\n");
  return besideLine(text, end, table, [2, head.indexOf(" |", 2)]);
}

export function makeCallout(text, start, end, kind, title) {
  const head = `> [!${kind}] ${title}`.trimEnd();
  if (start === end) return besideLine(text, end, `${head}\n> `, atEnd(`${head}\n> `));
  const { from, to } = wholeTable(text, wholeLines(text, start, end));
  const body = text.slice(from, to).split("\n").map((line) => `> ${line}`).join("\n");
  return asBlock(text, from, to, `${head}\n${body}`, atEnd(`${head}\n${body}`));
}

/* The rows of a table stay together: one alone would be no table, nor would the rest. */
function wholeTable(text, { from, to }) {
  const before = /(?:^[ \t]*\|.*\n)*$/m;
  const after = /^(?:\n[ \t]*\|.*)*/;
  if (!/^[ \t]*\|/.test(text.slice(from, to))) return { from, to };
  return {
    from: from - before.exec(text.slice(0, from))[0].length,
    to: to + after.exec(text.slice(to))[0].length,
  };
}

const atEnd = (block) => [block.length, block.length];
