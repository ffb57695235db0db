/* What Enter and Tab do in lists and quotations. Pure; null leaves the key to the browser. */

import { isInCode, leadOf, lineEnd, lineStart, wholeLines } from "./lines.js";

/* Enter goes on with the list or quotation; on an empty item it ends it. */
export function continueLine(text, caret) {
  const from = lineStart(text, caret);
  const to = lineEnd(text, caret);
  const line = text.slice(from, to);
  const lead = leadOf(line);
  const isOurs = lead.marker || lead.quote.includes(">");
  if (!isOurs || caret < from + lead.all.length || isInCode(text, caret)) return null;
  if (!line.slice(lead.all.length).trim()) return endItem(from, to, lead);
  const marker = lead.marker && lead.indent + next(lead.marker) + lead.gap;
  const begin = `\n${lead.quote}${marker}${lead.task ? "[ ] " : ""}`;
  const place = caret + begin.length;
  return { start: caret, end: caret, text: begin, select: [place, place] };
}

function endItem(from, to, lead) {
  const kept = lead.marker && lead.quote.includes(">") ? lead.quote : "";
  return { start: from, end: to, text: kept, select: [from + kept.length, from + kept.length] };
}

const next = (marker) => marker.replace(/^\d+/, (number) => String(Number(number) + 1));

/* Tab moves items in, Shift+Tab out; anywhere else the key leaves the field. */
export function indentItems(text, start, end, isOut) {
  const { from, to } = wholeLines(text, start, end);
  const lines = text.slice(from, to).split("\n");
  const first = leadOf(lines[0]);
  if (!first.marker || isInCode(text, start)) return null;
  const width = first.marker.length + 1;
  const moved = lines.map((line) => (isOut ? movedOut(line, width) : movedIn(line, width)));
  const changed = moved.join("\n");
  if (changed === text.slice(from, to)) return null;
  const shift = moved[0].length - lines[0].length;
  const select = start === end
    ? [Math.max(from, start + shift), Math.max(from, start + shift)]
    : [from, from + changed.length];
  return { start: from, end: to, text: changed, select };
}

function movedIn(line, width) {
  if (!line.trim()) return line;
  const quote = /^[ \t]*(?:>[ \t]?)+/.exec(line)?.[0] ?? "";
  return quote + " ".repeat(width) + line.slice(quote.length);
}

function movedOut(line, width) {
  const quote = /^[ \t]*(?:>[ \t]?)+/.exec(line)?.[0] ?? "";
  const rest = line.slice(quote.length);
  return quote + rest.replace(new RegExp(`^(?:\\t| {1,${width}})`), "");
}
