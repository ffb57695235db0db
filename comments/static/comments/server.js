/* Asking the server: as a script that wants facts, or for the page with the form. */

import { SECOND, SECTION } from "./page.js";

const PATIENCE = 30 * SECOND;

export async function ask(url, options = {}) {
  const headers = { "X-Pildam": "fragment", Accept: "application/json" };
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(url, { headers, signal, ...options });
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return { status: response.status, answer: isJson ? await response.json() : null };
}

export const post = (url, data) => ask(url, { method: "POST", body: data });

/* Return the page with the form: it is private, and brings the cookie that forms need. */
export async function pageWithForm() {
  const response = await fetch(SECTION.dataset.discussion, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`The discussion answered ${response.status}.`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

const csrfField = (root) => root.querySelector("[name=csrfmiddlewaretoken]");

export async function csrfToken() {
  return (csrfField(document) ?? csrfField(await pageWithForm())).value;
}

export async function renewTokens(form) {
  const fresh = await pageWithForm();
  const write = fresh.querySelector("#write form");
  if (!write) return;
  csrfField(form).value = csrfField(write).value;
  form.elements.form_token.value = write.elements.form_token.value;
}
