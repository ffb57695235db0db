/* Choosing a picture: the latest of the library, a search among them, or new files. */

import { ask, showReason } from "./dialogs.js";
import { insertKnown, takeFiles } from "./pictures.js";

const PAUSE = 300;

export async function pickPicture(editor, area) {
  // A field that had no focus for a while may have lost its caret.
  const caret = area.selectionEnd;
  let files = [];
  let known = null;
  await ask(editor, "picker", {
    prepare: (dialog, finish) => {
      dialog.querySelector("[type=file]").addEventListener("change", (event) => {
        files = [...event.target.files];
        finish(null);
      });
      dialog.querySelector(".picker-pictures").addEventListener("click", (event) => {
        const chosen = event.target.closest("[data-address]");
        if (chosen) {
          known = { ...chosen.dataset, source: chosen.querySelector("img").currentSrc };
          finish(null);
        }
        const more = event.target.closest("[data-more]");
        if (more) load(editor, dialog, more.dataset.more);
      });
      searchAsTyped(editor, dialog);
      load(editor, dialog);
    },
    // Enter in the search field searches, which has begun already.
    refuse: () => " ",
  });
  area.focus();
  area.setSelectionRange(caret, caret);
  if (known) await insertKnown(editor, area, caret, known);
  if (files.length) await takeFiles(editor, area, files);
}

function searchAsTyped(editor, dialog) {
  let timer = 0;
  dialog.querySelector("[name=words]").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(editor, dialog), PAUSE);
  });
}

async function load(editor, dialog, from = "") {
  const words = dialog.querySelector("[name=words]").value;
  const query = new URLSearchParams({ q: words, from });
  const response = await fetch(`${editor.dataset.findPictures}?${query}`).catch(() => null);
  if (!response?.ok || response.redirected) {
    showReason(dialog, "그림을 불러오지 못했습니다. 잠시 뒤에 다시 해 주세요.");
    return;
  }
  const html = await response.text();
  if (dialog.querySelector("[name=words]").value !== words) return;
  showReason(dialog, "");
  showPictures(dialog.querySelector(".picker-pictures"), html, from !== "");
}

function showPictures(list, html, isMore) {
  const part = document.createElement("template");
  part.innerHTML = html;
  if (!isMore) list.replaceChildren();
  list.querySelector(".picker-more")?.remove();
  const first = part.content.querySelector("button");
  list.append(part.content);
  if (isMore) first?.focus();
}
