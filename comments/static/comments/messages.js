/* What the form says: errors where the server's own page has them, progress, a preview. */

import { element, fragment } from "./page.js";

const NOT_POSTED = "댓글을 올리지 못했습니다.";

/* Say beside the buttons what is going on. */
export function setStatus(form, ...children) {
  form.querySelector(".comment-status").replaceChildren(...children);
}

export function clearErrors(form) {
  document.title = document.title.replace(/^오류: /, "");
  form.closest("#write").querySelector(".error-summary")?.remove();
  for (const message of form.querySelectorAll(".field-error")) message.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    describe(field, false);
  }
}

function describe(field, hasError) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const kept = ids.filter((id) => id && id !== `${field.id}_error`);
  if (hasError) kept.push(`${field.id}_error`);
  if (kept.length) field.setAttribute("aria-describedby", kept.join(" "));
  else field.removeAttribute("aria-describedby");
}

export function showErrors(form, errors) {
  setStatus(form);
  clearErrors(form);
  const list = element("ul");
  for (const [name, messages] of Object.entries(errors)) {
    const field = form.querySelector(`.field [name="${CSS.escape(name)}"]`);
    if (field) markField(field, messages);
    const say = (text) => (field ? element("a", { href: `#${field.id}` }, text) : text);
    list.append(...messages.map((text) => element("li", {}, say(text))));
  }
  const title = element("p", { class: "error-summary-title" }, NOT_POSTED);
  const summary = element(
    "div", { class: "error-summary", role: "alert", id: "errors", tabindex: "-1" }, title, list,
  );
  form.closest("#write").querySelector("#write-title").after(summary);
  document.title = `오류: ${document.title}`;
  summary.focus();
}

function markField(field, messages) {
  field.setAttribute("aria-invalid", "true");
  describe(field, true);
  const message = element("p", { class: "field-error", id: `${field.id}_error` }, messages.join(" "));
  field.closest(".field").querySelector("label").after(message);
}

export function showPreview(form, html) {
  clearErrors(form);
  const body = element("div", { class: "comment-body" }, fragment(html));
  const title = element("p", { class: "comment-preview-title" }, "미리보기: 아직 올리지 않았습니다.");
  document.getElementById("preview")?.remove();
  form.querySelector(".comment-submit").before(
    element("div", { class: "comment-preview", id: "preview", role: "status" }, title, body),
  );
  form.querySelector("[name=preview]").ariaPressed = "true";
}

/* Take the preview away; return whether there was one. */
export function closePreview(form) {
  form.querySelector("[name=preview]").ariaPressed = "false";
  const shown = document.getElementById("preview");
  shown?.remove();
  return Boolean(shown);
}
