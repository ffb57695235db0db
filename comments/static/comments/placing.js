/* A new comment in its place among the others. */

import { SECTION, element, fragment } from "./page.js";

export function place(answer) {
  const id = `comment-${answer.id}`;
  // The same form sent twice is answered with the comment that is there already.
  if (!document.getElementById(id)) {
    const item = element("li", {}, fragment(answer.html));
    const thread = answer.root && SECTION.querySelector(`[data-thread="${answer.root}"]`);
    if (thread) repliesOf(thread).append(item);
    else if (answer.root) location.assign(answer.address);
    else placeThread(item, answer.id);
  }
  const comment = document.getElementById(id);
  comment?.scrollIntoView({ block: "center" });
  comment?.focus({ preventScroll: true });
}

function repliesOf(thread) {
  const found = thread.querySelector(":scope > .comment-replies");
  if (found) return found;
  const list = element("ol", { class: "comment-replies", "aria-label": "답글" });
  const last = thread.querySelector(":scope > :is(.comment, .comment-tombstone)");
  last.after(list);
  return list;
}

function placeThread(item, id) {
  item.className = "comment-thread";
  item.dataset.thread = id;
  const list = SECTION.querySelector(".comment-list") ?? firstList();
  const pinned = [...list.querySelectorAll(":scope > .comment-pinned")].at(-1);
  if (list.dataset.order === "oldest") list.append(item);
  else if (pinned) pinned.after(item);
  else list.prepend(item);
}

function firstList() {
  const list = element("ol", { class: "comment-list" });
  SECTION.querySelector(".comments-empty").replaceWith(list);
  return list;
}

export function showCount(number) {
  for (const place of document.querySelectorAll("[data-comment-count]")) place.textContent = number;
}
