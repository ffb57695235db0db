/* Keys, pasting and dropping in the field. None of it ever meets an open syllable. */

import { commandOf, run } from "./commands.js";
import { isComposing, isWriting } from "./composition.js";
import { continueLine, indentItems } from "./continuing.js";
import { apply } from "./field.js";
import { pasteLink } from "./links.js";
import { picturesIn, takeFiles } from "./pictures.js";

export function listen(editor, area) {
  let leavesByTab = false;
  area.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const command = commandOf(event);
    if (command) {
      event.preventDefault();
      run(command, editor, area);
    } else if (event.key === "Tab" && !leavesByTab && !hasModifier(event)) {
      if (changeSelection(area, indentItems, event.shiftKey)) event.preventDefault();
    }
    // Nobody is trapped: after Escape the next Tab leaves, list or not.
    if (event.key !== "Shift") leavesByTab = event.key === "Escape";
  });
  area.addEventListener("beforeinput", onEnter);
  area.addEventListener("paste", (event) => onPaste(event, editor, area));
  area.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  area.addEventListener("drop", (event) => {
    const files = picturesIn(event.dataTransfer);
    if (!files.length) return;
    event.preventDefault();
    takeFiles(editor, area, files);
  });
}

const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

function changeSelection(area, change, ...more) {
  const made = change(area.value, area.selectionStart, area.selectionEnd, ...more);
  return made !== null && apply(area, made);
}

/* Not the key: the Enter that ends a syllable breaks the line on some systems and not on others,
   and only the line break itself says so. */
function onEnter(event) {
  const area = event.target;
  const isBreak = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
  if (!isBreak || event.isComposing || isWriting() || !event.cancelable) return;
  if (area.selectionStart !== area.selectionEnd) return;
  const change = continueLine(area.value, area.selectionEnd);
  if (!change) return;
  event.preventDefault();
  apply(area, change);
}

function onPaste(event, editor, area) {
  if (isWriting()) return;
  const files = picturesIn(event.clipboardData);
  const text = event.clipboardData.getData("text/plain");
  // Word processors put a picture of the words beside the words.
  if (files.length && !text.trim()) {
    event.preventDefault();
    takeFiles(editor, area, files);
  } else if (pasteLink(area, text)) event.preventDefault();
}
