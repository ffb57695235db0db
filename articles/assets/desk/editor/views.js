/* What is seen of the editor: field, preview or both, and the editor alone on the screen. */

import { isComposing } from "./composition.js";
import { isAsking } from "./dialogs.js";

const KEY = "desk-editor-preview";
const TWO_COLUMNS = matchMedia("(min-width: 1100px)");

export function arrangeViews(editor, area, steps) {
  const show = (view) => {
    editor.dataset.view = view;
    for (const tab of editor.querySelectorAll("[data-view]")) {
      if (tab !== editor) tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
    }
    if (view === "preview") steps.toCaret();
    else if (!TWO_COLUMNS.matches) area.focus({ preventScroll: true });
  };
  editor.dataset.view = "write";
  editor.querySelector(".editor-bar").hidden = false;
  editor.querySelector(".editor-preview").hidden = false;
  editor.classList.toggle("has-preview", remembered() !== "off");
  press(editor, "preview", remembered() !== "off");
  editor.addEventListener("click", (event) => {
    const tab = event.target.closest("button[data-view]");
    if (tab) show(tab.dataset.view);
    const toggle = event.target.closest("[data-toggle]")?.dataset.toggle;
    if (toggle === "preview") togglePreview(editor, steps);
    if (toggle === "wide") toggleWide(editor, area, steps);
  });
  document.addEventListener("keydown", (event) => {
    const leaves = event.key === "Escape" && !isComposing(event) && !isAsking();
    if (leaves && editor.classList.contains("is-wide")) toggleWide(editor, area, steps);
  });
  // Whoever tabs on to the next field must see it.
  document.addEventListener("focusin", ({ target }) => {
    const isOutside = !editor.contains(target) && !target.closest("dialog");
    if (isOutside && editor.classList.contains("is-wide")) leaveWide(editor);
  });
}

function togglePreview(editor, steps) {
  const isOn = editor.classList.toggle("has-preview");
  press(editor, "preview", isOn);
  remember(isOn ? "on" : "off");
  if (isOn) steps.toField();
}

function toggleWide(editor, area, steps) {
  const isWide = !editor.classList.contains("is-wide");
  showWide(editor, isWide);
  area.focus({ preventScroll: true });
  steps.toField();
  if (!isWide) editor.scrollIntoView({ block: "nearest" });
}

function leaveWide(editor) {
  showWide(editor, false);
  document.activeElement.scrollIntoView({ block: "center" });
}

function showWide(editor, isWide) {
  editor.classList.toggle("is-wide", isWide);
  document.documentElement.classList.toggle("has-wide-editor", isWide);
  press(editor, "wide", isWide);
}

function press(editor, name, isOn) {
  editor.querySelector(`[data-toggle="${name}"]`).setAttribute("aria-pressed", String(isOn));
}

/* Browsers may refuse to remember anything, which is no reason to fail. */
function remembered() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

function remember(value) {
  try { localStorage.setItem(KEY, value); } catch { /* Then it is the usual view next time. */ }
}
