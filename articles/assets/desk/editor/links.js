/* Links: asked for with a search among our own articles, or made by pasting an address. */

import { whenComposed } from "./composition.js";
import { ask } from "./dialogs.js";
import { apply } from "./field.js";
import { lineEnd, lineStart } from "./lines.js";

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:|\/|#)\S*$/i;
const DOMAIN = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,}(?:[/?#]\S*)?$/u;
const LINK = /(?<!!)\[([^\]\n]*)\]\(([^)\s]*)\)/g;
const PAUSE = 250;

export async function askForLink(editor, area) {
  const text = area.value;
  const { start, end, words, address } = linkAt(text, area.selectionStart, area.selectionEnd);
  const answer = await ask(editor, "link", {
    prepare: (dialog) => prepare(editor, dialog, words, address),
    refuse: (form) => (addressOf(form.elements.address.value)
      ? "" : "주소를 적거나, 찾은 글 가운데 하나를 고르세요."),
  });
  area.focus();
  if (!answer) return;
  await whenComposed();
  apply(area, linkChange(start, end, answer.get("text").trim(), addressOf(answer.get("address"))));
}

/* The link around the selection, or else what is selected. */
function linkAt(text, start, end) {
  const from = lineStart(text, start);
  for (const found of text.slice(from, lineEnd(text, end)).matchAll(LINK)) {
    const place = from + found.index;
    if (place <= start && end <= place + found[0].length) {
      return { start: place, end: place + found[0].length, words: found[1], address: found[2] };
    }
  }
  const selected = text.slice(start, end);
  const isAddress = ADDRESS.test(selected.trim());
  return { start, end, words: isAddress ? "" : selected, address: isAddress ? selected.trim() : "" };
}

function linkChange(start, end, words, address) {
  const label = (words || address).replace(/\s*\n\s*/g, " ");
  const target = /[()\s]/.test(address) ? `<${address}>` : address;
  const text = `[${label}](${target})`;
  return { start, end, text, select: [start + text.length, start + text.length] };
}

function addressOf(written) {
  const address = written.trim();
  if (ADDRESS.test(address)) return address;
  return DOMAIN.test(address) ? `https://${address}` : "";
}

function prepare(editor, dialog, words, address) {
  const { text, address: field } = dialog.querySelector("form").elements;
  text.value = words.trim();
  field.value = address;
  // A dialog gives focus to its first field, and the words are often there already.
  if (words) field.setAttribute("autofocus", "");
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(editor, dialog, field.value), PAUSE);
  });
  dialog.querySelector(".dialog-found").addEventListener("click", (event) => {
    const found = event.target.closest("[data-path]");
    if (!found) return;
    field.value = found.dataset.path;
    text.value ||= found.textContent;
    showFound(dialog, []);
    dialog.querySelector("[type=submit]").focus();
  });
}

async function search(editor, dialog, words) {
  if (!words.trim() || addressOf(words)) {
    showFound(dialog, []);
    return;
  }
  const response = await fetch(`${editor.dataset.findArticles}?q=${encodeURIComponent(words)}`)
    .catch(() => null);
  if (!response?.ok || response.redirected) return;
  const { articles } = await response.json();
  if (dialog.querySelector("form").elements.address.value === words) showFound(dialog, articles);
}

function showFound(dialog, articles) {
  const list = dialog.querySelector(".dialog-found");
  list.hidden = articles.length === 0;
  list.replaceChildren(...articles.map(({ title, path }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.path = path;
    button.textContent = title;
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

/* An address pasted over selected words makes them a link; return whether it did. */
export function pasteLink(area, pasted) {
  const address = pasted.trim();
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const isForLink = /^https?:\/\/\S+$/i.test(address) && words.trim() && !words.includes("\n");
  if (!isForLink || ADDRESS.test(words.trim())) return false;
  const [, before, label, after] = /^(\s*)(.*?)(\s*)$/.exec(words);
  return apply(area, linkChange(start + before.length, end - after.length, label, address));
}
