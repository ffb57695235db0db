/* Votes count where they are given. */

import { element } from "./page.js";
import { csrfToken, post } from "./server.js";

export async function vote(control) {
  const votes = control.closest("[data-votes]");
  if (votes.ariaBusy === "true") return;
  votes.ariaBusy = "true";
  const data = new FormData();
  data.set("value", wish(control));
  try {
    data.set("csrfmiddlewaretoken", await csrfToken());
    const reply = await post(voteAddress(control), data);
    if (reply.status === 200) showVotes(votes, reply.answer);
    else if (reply.answer) complain(votes, reply.answer);
    else location.assign(voteAddress(control));
  } catch {
    complain(votes, { message: "서버에 닿지 못했습니다. 잠시 뒤에 다시 눌러 주세요." });
  } finally {
    votes.ariaBusy = "false";
  }
}

const voteAddress = (control) => control.href ?? control.formAction;

function wish(control) {
  if (control.ariaPressed === "true") return "none";
  return control.querySelector("[data-likes]") ? "like" : "dislike";
}

function showVotes(votes, { likes, dislikes, mine }) {
  clearComplaint(votes);
  votes.querySelector("[data-likes]").textContent = likes;
  votes.querySelector("[data-dislikes]").textContent = dislikes;
  const [like, dislike] = [...votes.querySelectorAll(".vote")].map(pressable);
  for (const [control, value, name] of [[like, 1, "like"], [dislike, -1, "dislike"]]) {
    control.ariaPressed = String(mine === value);
    control.value = mine === value ? "none" : name;
  }
}

/* A link cannot be pressed in; a button can. */
function pressable(control) {
  if (control.matches("button")) return control;
  const made = element("button", { type: "button", class: "vote", formaction: control.href });
  made.append(...control.childNodes);
  const hadFocus = control === document.activeElement;
  control.replaceWith(made);
  if (hadFocus) made.focus();
  return made;
}

function complain(votes, { errors, message }) {
  clearComplaint(votes);
  const text = message || Object.values(errors).flat().join(" ");
  votes.parentElement.after(element("p", { class: "field-error vote-error", role: "alert" }, text));
}

function clearComplaint(votes) {
  const next = votes.parentElement.nextElementSibling;
  if (next?.matches(".vote-error")) next.remove();
}
