/* Footnotes: the mark at the caret, its note at the end, and the way between them. Pure. */

import { lineEnd, lineStart } from "./lines.js";

const DEFINITION = /^ {0,3}\[\^([^\]\s]+)\]:/;
const ANY = /\[\^([^\]\s]+)\]/g;

/* The place of the note's mark while standing in a note, or of the note while standing at a mark. */
export function otherEnd(text, caret) {
  const line = text.slice(lineStart(text, caret), lineEnd(text, caret));
  const here = DEFINITION.exec(line)?.[1];
  if (here) return markOf(text, here);
  for (const found of text.matchAll(ANY)) {
    const end = found.index + found[0].length;
    if (found.index <= caret && caret <= end) return noteOf(text, found[1]);
  }
  return null;
}

function markOf(text, label) {
  for (const found of text.matchAll(ANY)) {
    const isNote = text[found.index + found[0].length] === ":"
      && DEFINITION.test(text.slice(lineStart(text, found.index)));
    if (found[1] === label && !isNote) return found.index + found[0].length;
  }
  return null;
}

function noteOf(text, label) {
  let place = 0;
  for (const line of text.split("\n")) {
    const found = DEFINITION.exec(line);
    if (found?.[1] === label) return place + line.length;
    place += line.length + 1;
  }
  return null;
}

/* Two changes, the farther one first, so that the places of the other stay true. */
export function makeNote(text, caret) {
  const number = nextNumber(text);
  const end = text.trimEnd().length;
  const isBehindNotes = DEFINITION.test(text.slice(lineStart(text, end)));
  const place = Math.max(end, caret);
  const note = `${isBehindNotes ? "\n" : "\n\n"}[^${number}]: `;
  const mark = `[^${number}]`;
  const last = place + note.length + mark.length;
  return [
    { start: place, end: text.length, text: note },
    { start: caret, end: caret, text: mark, select: [last, last] },
  ];
}

function nextNumber(text) {
  const numbers = [...text.matchAll(ANY)].map((found) => Number(found[1])).filter(Number.isInteger);
  return Math.max(0, ...numbers) + 1;
}
