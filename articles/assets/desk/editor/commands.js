/* What the buttons of the toolbar do, and the keys that do the same. */

import {
  cycleHeading, makeCallout, makeTable, toggleBullets, toggleCode, toggleNumbers, toggleQuote,
} from "./blocks.js";
import { whenComposed } from "./composition.js";
import { ask } from "./dialogs.js";
import { apply } from "./field.js";
import { toggleMark } from "./inline.js";
import { askForLink } from "./links.js";
import { makeNote, otherEnd } from "./notes.js";
import { pickPicture } from "./picker.js";

/* On a Mac the Control key moves the caret, in every field of every program. */
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
// By place on the keyboard, since with Hangul on "b" is ㅠ.
const KEYS = { KeyB: "bold", KeyI: "emphasis", KeyK: "link" };

const onSelection = (change, ...more) => (editor, area) =>
  apply(area, change(area.value, area.selectionStart, area.selectionEnd, ...more));

const COMMANDS = {
  bold: onSelection(toggleMark, "**"),
  emphasis: onSelection(toggleMark, "*"),
  strike: onSelection(toggleMark, "~~"),
  heading: onSelection(cycleHeading),
  quote: onSelection(toggleQuote),
  bullets: onSelection(toggleBullets),
  numbers: onSelection(toggleNumbers),
  code: onSelection(toggleCode),
  link: askForLink,
  picture: pickPicture,
  note: writeNote,
  table: askForTable,
  callout: askForCallout,
};

export async function run(name, editor, area) {
  await whenComposed();
  await COMMANDS[name](editor, area);
}

/* The command that a key stands for, or nothing. */
export function commandOf(event) {
  const hasModifier = IS_MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!hasModifier || event.shiftKey) return undefined;
  if (event.altKey) return event.code === "Digit2" ? "heading" : undefined;
  return KEYS[event.code];
}

/* Titles name the key that this keyboard has. */
export function nameKeys(editor) {
  if (!IS_MAC) return;
  for (const button of editor.querySelectorAll("[aria-keyshortcuts]")) {
    button.title = button.title.replace("Ctrl+Alt+", "⌥⌘").replace("Ctrl+", "⌘");
    button.setAttribute("aria-keyshortcuts",
      button.getAttribute("aria-keyshortcuts").replace("Control", "Meta"));
  }
}

function writeNote(editor, area) {
  const place = otherEnd(area.value, area.selectionEnd);
  if (place !== null) {
    apply(area, { start: place, end: place, text: "", select: [place, place] });
    return;
  }
  for (const change of makeNote(area.value, area.selectionEnd)) apply(area, change);
}

async function askForTable(editor, area) {
  const { selectionEnd, value } = area;
  const answer = await ask(editor, "table");
  area.focus();
  if (!answer) return;
  const [rows, columns] = [Number(answer.get("rows")), Number(answer.get("columns"))];
  apply(area, makeTable(value, selectionEnd, rows, columns));
}

async function askForCallout(editor, area) {
  const { selectionStart, selectionEnd, value } = area;
  const answer = await ask(editor, "callout");
  area.focus();
  if (!answer) return;
  const [kind, title] = [answer.get("kind"), answer.get("title").trim()];
  apply(area, makeCallout(value, selectionStart, selectionEnd, kind, title));
}
