/* Shortens the ways of a discussion: the form opens where one answers, what is sent appears in its
   place, votes count at once. Everything is done by the page's own links and forms, which work
   without this script, and which it falls back on. */

import { adoptForm, cancel, onKey, openForm, setBusy } from "./form.js";
import { startNews } from "./news.js";
import { SECTION, speaker } from "./page.js";
import { onSubmit } from "./sending.js";
import { dropOldDrafts } from "./store.js";
import { vote } from "./votes.js";

function closeMenus(besides) {
  for (const menu of document.querySelectorAll(".comment-menu[open]")) {
    if (menu !== besides) menu.open = false;
  }
}

function onEscape(event) {
  const menu = document.querySelector(".comment-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  closeMenus();
}

/* Links that are opened elsewhere, by a key or another button, are left alone. */
const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

function onClick(event) {
  closeMenus(event.target.closest(".comment-menu"));
  if (!isPlain(event) || event.defaultPrevented) return;
  const found = event.target.closest("a[data-reply], a[data-write], a[data-cancel-reply], :is(a, button).vote");
  if (!found) return;
  event.preventDefault();
  if (found.matches(".vote")) vote(found);
  else if (found.matches("[data-cancel-reply]")) cancel();
  else openForm(found);
}

function start() {
  SECTION.prepend(speaker);
  dropOldDrafts();
  adoptForm();
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onEscape);
  document.addEventListener("keydown", onKey);
  // A page that comes back from the browser's memory waits for nothing.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-comment-form]")) setBusy(form, false);
  });
  startNews();
}

if (SECTION) start();
