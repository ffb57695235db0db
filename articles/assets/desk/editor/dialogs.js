/* Questions to the writer. Each is a template in the page and lives only while it is asked. */

import { isComposing } from "./composition.js";

/* Ask, and resolve with what was filled in, or null when the writer thinks better of it.

   `prepare` gets the dialog and a function that answers for the writer; `refuse` says why an
   answer will not do, or nothing. */
export function ask(editor, name, { prepare, refuse } = {}) {
  const dialog = editor.querySelector(`template[data-dialog="${name}"]`)
    .content.firstElementChild.cloneNode(true);
  const form = dialog.querySelector("form");
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = null;
    const finish = (value) => { answer = value; dialog.close(); };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // The desk takes any submitted form for the article that is being saved.
      event.stopPropagation();
      const reason = refuse?.(form);
      if (reason) showReason(dialog, reason);
      else finish(new FormData(form));
    });
    form.addEventListener("keydown", guardEnter);
    dialog.querySelector("[data-cancel]").addEventListener("click", () => finish(null));
    dialog.addEventListener("click", (event) => { if (event.target === dialog) finish(null); });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    prepare?.(dialog, finish);
    dialog.showModal();
  });
}

/* An Enter that ends a syllable answers nothing. */
function guardEnter(event) {
  if (event.key === "Enter" && isComposing(event) && event.target.matches("input")) {
    event.preventDefault();
  }
}

export function showReason(dialog, reason) {
  dialog.querySelector(".dialog-reason").textContent = reason;
}

export const isAsking = () => document.querySelector("dialog.editor-dialog[open]") !== null;
