/* Lists what this browser has kept: begun articles to go on with, and those for later. */

import { shelf } from "./shelf.js";

const place = document.querySelector("[data-shelf]");
const blank = document.querySelector("[data-shelf-empty]");
// The front page shows the first few; the page of its own shows, and clears, everything.
const limit = Number(place?.dataset.shelf) || 0;

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

/* K-테크 stays on one line, as it does where the site itself writes titles. */
function unbroken(title) {
  const pieces = title.split(/(?<![\p{L}\p{N}])([\p{L}\p{N}]{1,6}(?:-[\p{L}\p{N}]{1,6}){1,2})(?![\p{L}\p{N}])/u);
  return pieces.map((piece, number) => (number % 2 ? element("span", "unbroken", piece) : piece));
}

function progress(share) {
  const bar = element("progress", "shelf-progress");
  bar.max = 100;
  bar.value = share;
  bar.setAttribute("aria-label", `${share}% 읽음`);
  return bar;
}

function removal(entry) {
  const removing = element("button", "link-button shelf-remove", "지우기");
  removing.type = "button";
  removing.setAttribute("aria-label", `‘${entry.title}’ 지우기`);
  removing.addEventListener("click", () => {
    shelf.forget(entry.path);
    draw();
    (place.querySelector("button") ?? document.querySelector("main")).focus();
  });
  return removing;
}

function item(entry, kind) {
  const made = element("li", "shelf-item");
  const title = element("h3", "headline-title");
  const link = element("a", "");
  link.href = entry.path;
  link.append(...unbroken(entry.title));
  title.append(link);
  made.append(title, element("p", "shelf-author", entry.author));
  if (kind === "place") made.append(progress(entry.place.share));
  if (!limit) made.append(removal(entry));
  return made;
}

function section(kind, heading, entries) {
  const made = element("section", "shelf-section");
  made.setAttribute("aria-labelledby", `shelf-${kind}-heading`);
  const title = element("h2", "block-heading", heading);
  title.id = `shelf-${kind}-heading`;
  const list = element("ul", "shelf-list");
  list.append(...entries.map((entry) => item(entry, kind)));
  made.append(title, list);
  return made;
}

function draw() {
  const all = shelf.all();
  const lists = [
    ["place", "이어서 읽기", all.filter((entry) => entry.place?.share >= 0)],
    ["later", "나중에 읽기", all.filter((entry) => entry.later && !entry.place)],
  ].filter(([, , entries]) => entries.length);
  place.replaceChildren(...lists.map(([kind, heading, entries]) => section(kind, heading, limit ? entries.slice(0, limit) : entries)));
  if (blank) blank.hidden = lists.length > 0;
}

if (place) {
  draw();
  window.addEventListener("storage", draw);
  window.addEventListener("pageshow", draw);
}
