/* Bold, emphasis and their like: marks on both sides of words. Pure. */

import { leadOf, lineStart } from "./lines.js";

const SPACES = /^(\s*)([\s\S]*?)(\s*)$/;
const HEADING = /^#{1,6}[ \t]+/;

/* Put the mark around the selection, or take it away; without one, write both and stand between. */
export function toggleMark(text, start, end, mark) {
  if (start === end) return toggleAtCaret(text, start, mark);
  // Marks that touch a space do not count as marks.
  const [, before, words, after] = SPACES.exec(text.slice(start, end));
  const [from, to] = [start + before.length, end - after.length];
  if (!words) return null;
  if (words.includes("\n")) return markLines(text, start, end, mark);
  return unwrapped(text, from, to, mark) ?? wrapped(text, from, to, mark);
}

function toggleAtCaret(text, caret, mark) {
  const isEmpty = endsWith(text.slice(0, caret), mark) && startsWith(text.slice(caret), mark);
  if (isEmpty) {
    const from = caret - mark.length;
    return { start: from, end: caret + mark.length, text: "", select: [from, from] };
  }
  const inside = caret + mark.length;
  // At the end of what is marked the same key goes on behind it, as in every word processor.
  if (isAtClosing(text, caret, mark)) {
    return { start: caret, end: caret, text: "", select: [inside, inside] };
  }
  return { start: caret, end: caret, text: mark + mark, select: [inside, inside] };
}

function isAtClosing(text, caret, mark) {
  const before = text.slice(lineStart(text, caret), caret);
  const runs = before.match(mark[0] === "*" ? /\*+/g : new RegExp(mark, "g")) ?? [];
  const isOpen = runs.filter((found) => startsWith(found, mark)).length % 2 === 1;
  return isOpen && startsWith(text.slice(caret), mark);
}

function wrapped(text, from, to, mark) {
  const words = text.slice(from, to);
  const select = [from + mark.length, to + mark.length];
  return { start: from, end: to, text: mark + words + mark, select };
}

function unwrapped(text, from, to, mark) {
  const words = text.slice(from, to);
  const width = mark.length;
  if (words.length > 2 * width && startsWith(words, mark) && endsWith(words, mark)) {
    return { start: from, end: to, text: words.slice(width, -width), select: [from, to - 2 * width] };
  }
  if (endsWith(text.slice(0, from), mark) && startsWith(text.slice(to), mark)) {
    const select = [from - width, to - width];
    return { start: from - width, end: to + width, text: words, select };
  }
  return null;
}

/* A paragraph's marks end with it, so each line gets its own, behind what begins the line. */
function markLines(text, start, end, mark) {
  const marked = text.slice(start, end).split("\n").map((line) => {
    const lead = leadOf(line).all || HEADING.exec(line)?.[0] || "";
    const [, before, words, after] = SPACES.exec(line.slice(lead.length));
    return words ? `${lead}${before}${mark}${words}${mark}${after}` : line;
  }).join("\n");
  return { start, end, text: marked, select: [start, start + marked.length] };
}

/* One star is emphasis and two are bold, so a run of stars is counted: `***` is both. */
const run = (stars) => stars.length;

function endsWith(text, mark) {
  if (mark[0] !== "*") return text.endsWith(mark);
  return holds(run(/\**$/.exec(text)[0]), mark);
}

function startsWith(text, mark) {
  if (mark[0] !== "*") return text.startsWith(mark);
  return holds(run(/^\**/.exec(text)[0]), mark);
}

const holds = (stars, mark) => (mark === "*" ? stars === 1 || stars === 3 : stars >= 2);
