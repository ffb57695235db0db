/* The editor of an article. Its field is a plain text area, and the desk works without this. */

import { nameKeys, run } from "./commands.js";
import { countLines, showFacts } from "./facts.js";
import { listen } from "./keys.js";
import { followForm } from "./preview.js";
import { keepInStep } from "./scrolling.js";
import { arrangeViews } from "./views.js";

function start(editor) {
  const area = editor.querySelector("textarea.desk-markdown");
  const steps = keepInStep(area, editor.querySelector(".editor-page"));
  nameKeys(editor);
  listen(editor, area);
  arrangeViews(editor, area, steps);
  countLines(editor.closest("form"));
  editor.querySelector("[role=toolbar]").addEventListener("click", (event) => {
    const name = event.target.closest("[data-command]")?.dataset.command;
    if (name) run(name, editor, area);
  });
  followForm(editor, ({ anchors, ...facts }) => {
    steps.pageShown(anchors);
    steps.keepCaretInSight();
    showFacts(editor, facts);
  });
}

document.querySelectorAll("[data-editor]").forEach(start);
