/* The preview beside the field: asks the server again whenever the form has changed for a while. */

import { isWriting, whenComposed } from "./composition.js";
import { showPage } from "./page.js";

const PAUSE = 400;
const OUT_OF_REACH = "서버에 닿지 못해 미리 보기가 멈추었습니다. 쓰던 글은 그대로 있습니다.";
const SIGNED_OUT = "로그인이 끝나 미리 보기가 멈추었습니다. 다른 창에서 로그인하면 이어집니다.";

/* Keep the preview up to date; `shown` hears of each page that is shown. */
export function followForm(editor, shown) {
  const state = { editor, form: editor.closest("form"), shown, timer: 0, request: null };
  const soon = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => refresh(state), PAUSE);
  };
  state.form.addEventListener("input", soon);
  state.form.addEventListener("change", soon);
  // What stopped goes on as soon as the server is there again, or somebody has signed in elsewhere.
  window.addEventListener("online", soon);
  window.addEventListener("focus", () => hasComplaint(editor) && soon());
  // Unfold's search boxes are jQuery's, whose events others do not hear.
  window.django?.jQuery?.(state.form).on("change", "select", soon);
  refresh(state);
}

async function refresh(state) {
  if (isWriting()) {
    await whenComposed();
    // The syllable that has just ended was typed a moment ago.
    await new Promise((go) => { setTimeout(go, PAUSE); });
    if (isWriting()) return refresh(state);
  }
  state.request?.abort();
  state.request = new AbortController();
  const { signal } = state.request;
  try {
    const response = await fetch(state.editor.dataset.preview, {
      method: "POST",
      body: new FormData(state.form),
      headers: { "X-Pildam": "preview" },
      signal,
    });
    show(state, response.status, await response.text());
  } catch (error) {
    if (error.name !== "AbortError") complain(state.editor, [OUT_OF_REACH]);
  }
  return undefined;
}

function show(state, status, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const facts = fresh.querySelector("template[data-reading-minutes]");
  if (!facts || ![200, 422].includes(status)) {
    complain(state.editor, [status < 500 ? SIGNED_OUT : OUT_OF_REACH]);
    return;
  }
  showShared(facts);
  const refusal = fresh.querySelector(".preview-refusal")?.textContent;
  if (refusal) {
    // The last page that could be rendered stays.
    complain(state.editor, [refusal]);
    return;
  }
  complain(state.editor, [...fresh.querySelectorAll(".preview-missing li")]
    .map((item) => `찾을 수 없는 그림: ${item.textContent}`));
  const text = wordsOf(fresh.querySelector(".article-body"));
  const anchors = showPage(state.editor.querySelector(".editor-page"), fresh);
  state.shown({ anchors, text, minutes: Number(facts.dataset.readingMinutes) });
}

/* The text as it is read: the numbers and arrows of footnotes are no words of the writer's. */
function wordsOf(body) {
  const words = body?.cloneNode(true);
  for (const link of words?.querySelectorAll(".footnote-ref, .footnote-backref") ?? []) link.remove();
  return words?.textContent ?? "";
}

function showShared(facts) {
  const panel = document.querySelector("form .share-previews");
  const fresh = facts.content.querySelector(".share-previews");
  if (panel && fresh && !panel.isEqualNode(fresh)) panel.replaceWith(document.adoptNode(fresh));
}

const hasComplaint = (editor) => editor.querySelector(".editor-problems").textContent !== "";

function complain(editor, problems) {
  const box = editor.querySelector(".editor-problems");
  const text = problems.join("\n");
  if (box.textContent !== text) box.textContent = text;
}
