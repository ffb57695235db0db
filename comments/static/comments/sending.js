/* Sending the form, once, and what comes of it. */

import { draftKey, isBusy, putAway, setBusy } from "./form.js";
import { closePreview, setStatus, showErrors, showPreview } from "./messages.js";
import { countOwn } from "./news.js";
import { announce, button } from "./page.js";
import { place, showCount } from "./placing.js";
import { post, renewTokens } from "./server.js";
import { store } from "./store.js";

const NO_ANSWER = "서버에 닿지 못했습니다. 쓰신 글은 그대로 있으니 잠시 뒤에 다시 눌러 주세요.";

export async function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-comment-form]")) return;
  event.preventDefault();
  if (isBusy(form)) return;
  const isPreview = event.submitter?.name === "preview";
  if (isPreview && closePreview(form)) return;
  setBusy(form, true);
  try {
    await (isPreview ? preview(form) : send(form));
  } catch {
    showErrors(form, { "": [NO_ANSWER] });
  } finally {
    setBusy(form, false);
  }
}

/* Post the form; a token that has grown stale is renewed once. */
async function postForm(form, more = {}) {
  const send = () => {
    const data = new FormData(form);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return post(form.action, data);
  };
  const reply = await send();
  if (reply.status !== 403 || reply.answer) return reply;
  await renewTokens(form);
  return send();
}

async function send(form) {
  setStatus(form, "올리고 있습니다…");
  let reply = await postForm(form);
  if (reply.status === 428) {
    const altcha = await proof(form, reply.answer.challenge);
    if (altcha === "cancelled") return;
    reply = altcha ? await postForm(form, { altcha }) : reply;
    // Without a proof a moderator looks at it: as if this script were not there.
    if (reply.status === 428) { sendPlainly(form); return; }
  }
  setStatus(form);
  if (reply.status === 201) posted(form, reply.answer);
  else refused(form, reply);
}

function sendPlainly(form) {
  store.remove(draftKey(form));
  form.submit();
}

function refused(form, { status, answer }) {
  if (!answer) throw new Error(`The server answered ${status}.`);
  if (answer.form_token) form.elements.form_token.value = answer.form_token;
  const said = answer.errors && Object.keys(answer.errors).length ? answer.errors : { "": [answer.message] };
  showErrors(form, said);
}

/* Find the challenge's number in a worker; "" when that cannot be done here. */
async function proof(form, challenge) {
  const worker = new Worker(document.querySelector("[data-proof]").dataset.proof);
  const number = await new Promise((resolve) => {
    setStatus(form, "사람인지 확인하고 있습니다…", button("그만두기", () => resolve("cancelled")));
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = () => resolve(null);
    worker.postMessage(challenge);
  });
  worker.terminate();
  setStatus(form);
  if (number === "cancelled") { form.elements.body.focus(); return number; }
  const { algorithm, challenge: wanted, salt, signature } = challenge;
  const solution = { algorithm, challenge: wanted, number, salt, signature };
  return number === null ? "" : btoa(JSON.stringify(solution));
}

async function preview(form) {
  const reply = await postForm(form, { preview: "1" });
  if (reply.status === 200) showPreview(form, reply.answer.html);
  else refused(form, reply);
}

function posted(form, answer) {
  store.remove(draftKey(form));
  if (form.elements.name?.value) store.set("name", form.elements.name.value);
  form.elements.form_token.value = answer.form_token;
  if (form.elements.password) form.elements.password.value = "";
  form.elements.body.value = "";
  putAway();
  place(answer);
  showCount(answer.count);
  if (answer.state === "visible") countOwn();
  announce(answer.message || "댓글을 올렸습니다.");
}
