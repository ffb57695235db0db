/* Lines of a text, and what stands before their first word. Pure. */

/* One line's beginning: quotation marks, then perhaps a list's marker and a task's box. */
const LEAD = /^([ \t]*(?:>[ \t]?)*)(?:([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(\[[ xX]\][ \t]+)?)?/;
const RULE = /^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const FENCE = /^ {0,3}(```|~~~)/;

export const lineStart = (text, place) => text.lastIndexOf("\n", place - 1) + 1;

export function lineEnd(text, place) {
  const found = text.indexOf("\n", place);
  return found < 0 ? text.length : found;
}

/* The whole lines that a selection touches; one that ends at a line's start leaves it out. */
export function wholeLines(text, start, end) {
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  return { from: lineStart(text, start), to: lineEnd(text, last) };
}

export function leadOf(line) {
  if (RULE.test(line)) return { all: "", quote: "", indent: "", marker: "", gap: "", task: "" };
  const [all, quote = "", indent = "", marker = "", gap = "", task = ""] = LEAD.exec(line);
  return { all, quote, indent, marker, gap, task };
}

export const lineNumber = (text, place) => text.slice(0, place).split("\n").length;

/* Whether a place lies in a fenced block of code, where marks are text. */
export function isInCode(text, place) {
  let open = "";
  for (const line of text.slice(0, lineStart(text, place)).split("\n")) {
    const fence = FENCE.exec(line)?.[1];
    if (!fence) continue;
    if (!open) open = fence;
    else if (open === fence) open = "";
  }
  return open !== "";
}

/* A change that sets something off from the text around it by blank lines.

   `selected` is what is selected afterwards, counted from the beginning of `block`; without it
   the caret stands behind the block, at the end of a text where the next paragraph will begin. */
export function asBlock(text, start, end, block, selected) {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const gap = before.trim() === "" ? "" : "\n".repeat(Math.max(0, 2 - endingBreaks(before)));
  const tail = "\n".repeat(Math.max(0, 2 - leadingBreaks(after)));
  const base = start + gap.length;
  const behind = block.length + (after.trim() ? 0 : tail.length);
  const select = (selected ?? [behind, behind]).map((place) => base + place);
  return { start, end, text: gap + block + tail, select };
}

/* Such a change at the caret, behind the line in which it stands so that no sentence is cut. */
export function besideLine(text, caret, block, selected) {
  const place = caret === lineStart(text, caret) ? caret : lineEnd(text, caret);
  return asBlock(text, place, place, block, selected);
}

/* Take a block out again, with the blank lines that set it off. */
export function withoutBlock(text, start, end) {
  const before = /\n{0,2}$/.exec(text.slice(0, start))[0].length;
  const after = /^\n{0,2}/.exec(text.slice(end))[0].length;
  const isLast = text.slice(end).trim() === "";
  return isLast
    ? { start: start - before, end: end + after, text: "" }
    : { start, end: end + after, text: "" };
}

const endingBreaks = (text) => /\n*$/.exec(text.replace(/[ \t]+$/, ""))[0].length;
const leadingBreaks = (text) => /^\n*/.exec(text)[0].length;
