/* The one form of the page, wherever it stands: drafts, counter, keys, and whom it answers. */

import { closePreview, clearErrors, setStatus } from "./messages.js";
import { SECTION, button, element } from "./page.js";
import { pageWithForm } from "./server.js";
import { store } from "./store.js";

const MAX_GRAPHEMES = 4000;
const NEAR_THE_END = 200;

/* What is known of the one form of the page: where it belongs, what opened it. */
const box = { section: null, home: null, opener: null, arriving: null };

const formOf = (section) => section.querySelector("form");
const parentOf = (form) => form.elements.parent?.value ?? "";
export const draftKey = (form) => `draft:${form.dataset.commentForm}:${parentOf(form) || 0}`;

function takeBox(section) {
  box.section = section;
  const form = formOf(section);
  prepare(form);
  fillIn(form);
}

/* Take charge of the form, if the page has one. */
export function adoptForm() {
  const section = document.getElementById("write");
  if (!section) return;
  box.home = document.createComment("form");
  section.before(box.home);
  takeBox(section);
}

/* Get the form for a page that has none, below the link that leads to it. */
async function fetchBox() {
  const link = SECTION.querySelector("[data-write]");
  const section = (await pageWithForm()).querySelector("#write");
  if (!section) throw new Error("The discussion takes no comments now.");
  box.home = document.createComment("form");
  link.closest("p").after(box.home);
  takeBox(document.adoptNode(section));
}

/* Add what only scripts can offer: a counter, a place for what is going on. */
function prepare(form) {
  // The server says what is wrong, in Korean and at the fields, and the browser need not.
  form.noValidate = true;
  const body = form.elements.body;
  const counter = element("p", { class: "comment-counter" });
  body.closest(".field").append(counter);
  form.querySelector(".comment-submit").before(
    element("p", { class: "comment-status", role: "status" }),
  );
  body.addEventListener("input", () => typed(form));
}

function typed(form) {
  keepDraft(form);
  count(form);
  closePreview(form);
}

function keepDraft(form) {
  const text = form.elements.body.value;
  if (text.trim()) store.set(draftKey(form), { text, at: Date.now() });
  else store.remove(draftKey(form));
}

function graphemes(text) {
  const whole = text.normalize("NFC").trim();
  // So much is surely too much; nobody waits for the exact number.
  if (!Intl.Segmenter || whole.length > 20 * MAX_GRAPHEMES) return [...whole].length;
  return [...new Intl.Segmenter("ko", { granularity: "grapheme" }).segment(whole)].length;
}

function count(form) {
  const number = graphemes(form.elements.body.value);
  const surplus = number - MAX_GRAPHEMES;
  const counter = form.querySelector(".comment-counter");
  const written = `${number.toLocaleString("ko")}/${MAX_GRAPHEMES.toLocaleString("ko")}자`;
  counter.textContent = surplus > 0 ? `${written}, ${surplus.toLocaleString("ko")}자 줄여 주세요` : written;
  const isNear = surplus > -NEAR_THE_END;
  counter.classList.toggle("is-near", isNear);
  counter.setAttribute("aria-live", isNear ? "polite" : "off");
}

/* Give back what was being written here, and the name that was last used. */
function fillIn(form) {
  const { body, name } = form.elements;
  const draft = store.get(draftKey(form));
  setStatus(form);
  if (!body.value && draft?.text) {
    body.value = draft.text;
    setStatus(form, "쓰시던 글을 되살렸습니다.", button("지우기", () => clearDraft(form)));
  }
  if (name?.matches("[type=text]") && !name.value) name.value = store.get("name") ?? "";
  count(form);
}

function clearDraft(form) {
  form.elements.body.value = "";
  typed(form);
  setStatus(form);
  form.elements.body.focus();
}

export async function openForm(link) {
  const id = link.dataset.reply ?? "";
  try {
    if (!box.section) await (box.arriving ??= fetchBox());
  } catch {
    box.arriving = null;
    location.assign(link.href);
    return;
  }
  const form = formOf(box.section);
  if (parentOf(form) !== id || !box.section.isConnected) address(form, id);
  box.opener = link;
  form.elements.body.focus();
  box.section.scrollIntoView({ block: "nearest" });
}

/* Turn the form to a comment, or to nobody, and put it where that is answered. */
function address(form, id) {
  keepDraft(form);
  clearErrors(form);
  closePreview(form);
  box.section.querySelector(".comment-quote")?.remove();
  form.elements.parent?.remove();
  if (id) form.append(element("input", { type: "hidden", name: "parent", value: id }));
  const answered = id && document.getElementById(`comment-${id}`);
  nameTitle(answered);
  offerCancel(form, Boolean(answered) || isGuestHere());
  if (answered) answered.after(box.section);
  else box.home.after(box.section);
  form.elements.body.value = "";
  fillIn(form);
}

/* Whether the form was fetched, and belongs to this page only while somebody writes. */
const isGuestHere = () => SECTION.querySelector("[data-write]") !== null;

function nameTitle(answered) {
  const title = box.section.querySelector("#write-title");
  if (!answered) title.replaceChildren("댓글 쓰기");
  else {
    const name = answered.querySelector(".comment-name").textContent;
    title.replaceChildren(element("bdi", {}, name), "님에게 답글 쓰기");
  }
}

function offerCancel(form, isOffered) {
  form.querySelector("[data-cancel-reply]")?.remove();
  if (!isOffered) return;
  const link = element("a", { href: `${SECTION.dataset.discussion}#write`, "data-cancel-reply": "" }, "취소");
  form.querySelector(".comment-submit").append(link);
}

/* Whether it is being sent, and must be neither sent again nor changed. */
export const isBusy = (form) => form.ariaBusy === "true";

export function setBusy(form, isBeingSent) {
  form.ariaBusy = String(isBeingSent);
  form.elements.body.readOnly = isBeingSent;
}

export function putAway() {
  const form = formOf(box.section);
  address(form, "");
  if (isGuestHere()) box.section.remove();
}

export function cancel() {
  const opener = box.opener;
  putAway();
  (opener?.isConnected ? opener : formOf(box.section).elements.body).focus();
}

/* Keys: an Enter that ends a syllable, or a name, posts nothing. */
export function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return;
  const form = event.target.closest("[data-comment-form]");
  if (!form) return;
  if (event.key === "Escape" && form.querySelector("[data-cancel-reply]")) cancel();
  if (event.key !== "Enter") return;
  if (event.target.matches("textarea") && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".comment-submit .button"));
  } else if (event.target.matches("input:not([type=checkbox], [type=radio])")) {
    event.preventDefault();
    focusNext(form, event.target);
  }
}

function focusNext(form, field) {
  const fields = [...form.querySelectorAll("input, textarea")].filter((found) => found.closest(".field"));
  fields[fields.indexOf(field) + 1]?.focus();
}
