/* The one way in which scripts change the text, so that undo takes back whatever they did.

   A change is what pure functions return: { start, end, text, select: [from, to] }. */

import { isWriting } from "./composition.js";

/* Make the change in the text area; return whether it was made. */
export function apply(area, change) {
  if (!change || isWriting() || area.readOnly || area.disabled) return false;
  const { start, end, text, select } = change;
  const top = area.scrollTop;
  area.focus({ preventScroll: true });
  if (area.value.slice(start, end) !== text) replace(area, start, end, text);
  const isThere = area.selectionStart === select?.[0] && area.selectionEnd === select?.[1];
  // Behind what was typed the browser has brought the caret into sight already.
  if (!select || isThere) return true;
  area.setSelectionRange(...select);
  area.scrollTop = top;
  showCaret(area);
  return true;
}

function replace(area, start, end, text) {
  area.setSelectionRange(start, end);
  // Deprecated, but nothing else writes into the browser's own history of the field.
  const isDone = text
    ? document.execCommand("insertText", false, text)
    : document.execCommand("delete");
  if (isDone) return;
  area.setRangeText(text, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Change the text elsewhere than at the caret, leaving caret and focus where the writer has them. */
export function applyAside(area, { start, end, text }) {
  const focused = document.activeElement;
  const shift = text.length - (end - start);
  const moved = (place) => (place >= end ? place + shift : Math.min(place, start));
  const select = [moved(area.selectionStart), moved(area.selectionEnd)];
  const isDone = apply(area, { start, end, text, select });
  if (isDone && focused && focused !== area) focused.focus({ preventScroll: true });
  return isDone;
}

/* Browsers do not scroll to what a script selects; roughly the right screen is enough. */
function showCaret(area) {
  if (area.scrollHeight <= area.clientHeight) return;
  const share = area.selectionEnd / Math.max(1, area.value.length);
  const place = share * area.scrollHeight;
  const isInSight = place > area.scrollTop - area.clientHeight
    && place < area.scrollTop + 2 * area.clientHeight;
  if (!isInSight) area.scrollTop = Math.max(0, place - area.clientHeight / 2);
}
