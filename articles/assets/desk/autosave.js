/* Nothing that is written is lost. Every few seconds the form is read (never written to, so that
   Hangul composition goes on undisturbed) and sent to the writer's working copy. What the server
   has not confirmed yet stays in this browser as well, and is offered back by the next form.
   The same requests say that the page is open and bring back who else is here. */

const INTERVAL = 8_000;
const BEAT = 15_000;
const FIRST_BEAT = 2_000;
const LONGEST_WAIT = 60_000;
// What a browser still sends while a page closes: 64 kB, with some room for the rest.
const KEEPALIVE_BYTES = 56_000;
const FORGET_AFTER = 90 * 24 * 3600 * 1000;
const NOT_TEXT = /^(csrfmiddlewaretoken|base|sitting|_.*|.*__prefix__.*|.*_FORMS)$/;

const size = (text) => new TextEncoder().encode(text).length;

function newSitting() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Whether somebody has written before this script was there, as on a slow line. */
function isTypedInto(form) {
  const fields = [...form.elements].filter(({ type }) => type === "text" || type === "textarea");
  return fields.some((field) => field.value !== field.defaultValue);
}

/* The second net: what this browser keeps until the server has it. */
class Net {
  constructor(user, article, offset) {
    this.prefix = `pildam:unsaved:${user}:${article || "new"}:`;
    this.offset = offset;
  }

  write(sitting, entry) {
    try {
      const at = Date.now() + this.offset;
      localStorage.setItem(this.prefix + sitting, JSON.stringify({ at, ...entry }));
    } catch {
      // Full or forbidden: then there is the server alone.
    }
  }

  drop(sitting) {
    try {
      localStorage.removeItem(this.prefix + sitting);
    } catch {
      // As above.
    }
  }

  /* What earlier sittings have left, as [sitting, entry]. */
  left() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix)) continue;
        const sitting = key.slice(this.prefix.length);
        try {
          const entry = JSON.parse(localStorage.getItem(key));
          if (Array.isArray(entry.entries)) found.push([sitting, entry]);
        } catch {
          this.drop(sitting);
        }
      }
    } catch {
      return [];
    }
    return found.sort((one, other) => other[1].at - one[1].at);
  }
}

class Sitting {
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.status = document.querySelector("[data-saved]");
    this.net = new Net(root.dataset.user, root.dataset.article, root.dataset.now - Date.now());
    // The text that the server has, in the working copy or in the article itself.
    this.confirmed = "unsaved" in root.dataset || isTypedInto(form) ? "" : this.text();
    this.seen = this.confirmed;
    this.unsentSince = 0;
    // The page before this one may have said that it closes after this one was asked for.
    this.lastSent = Date.now() - BEAT + FIRST_BEAT;
    this.failures = 0;
    this.retryAt = 0;
    this.isSent = false;
    this.isLost = false;
    this.underWay = null;
  }

  entries() {
    return [...new FormData(this.form)].filter(
      ([name, value]) => typeof value === "string" && !NOT_TEXT.test(name),
    );
  }

  text() {
    return JSON.stringify(this.entries());
  }

  hidden(name) {
    return this.form.elements.namedItem(name);
  }

  get sitting() {
    return this.hidden("sitting").value;
  }

  start() {
    setInterval(() => this.look(), INTERVAL / 4);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.send({ isLast: true });
      else this.retry();
    });
    window.addEventListener("pagehide", () => this.send({ isLast: true, isLeaving: true }));
    window.addEventListener("pageshow", (event) => event.persisted && this.resume());
    window.addEventListener("online", () => this.retry());
    window.addEventListener("focus", () => this.retry());
    window.addEventListener("submit", (event) => this.submitted(event));
  }

  /* The form is on its way: what is still under way here must not arrive after it. */
  submitted(event) {
    const isForm = event.target === this.form && !event.defaultPrevented;
    if (!isForm || event.submitter?.formTarget === "_blank") return;
    this.underWay?.abort();
    this.isSent = true;
    if (this.text() !== this.confirmed) this.keepHere({ isSent: true });
  }

  /* Back from the page that followed: this is another sitting, whatever became of the last. */
  resume() {
    this.isSent = false;
    this.hidden("sitting").value = newSitting();
  }

  keepHere(more = {}) {
    this.net.write(this.sitting, { base: this.hidden("base").value, entries: this.entries(), ...more });
  }

  look() {
    if (this.isSent) return;
    const now = Date.now();
    const text = this.text();
    if (text !== this.seen) {
      this.seen = text;
      if (text !== this.confirmed) this.keepHere();
    }
    if (text === this.confirmed) this.unsentSince = 0;
    else this.unsentSince ||= now;
    const isDue = this.unsentSince && now - this.unsentSince >= INTERVAL / 2;
    const isBeat = this.root.dataset.article && now - this.lastSent >= BEAT;
    if ((isDue || isBeat) && now >= this.retryAt && !this.underWay) this.send();
  }

  retry() {
    this.retryAt = 0;
    this.isLost = false;
    this.look();
  }

  request(text, { isLeaving }) {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "base", "sitting"]) {
      body.append(name, this.hidden(name).value);
    }
    body.append("article", this.root.dataset.article);
    if (isLeaving) body.append("leaving", "1");
    if (text !== this.confirmed && !this.isSent) {
      body.append("changed", "1");
      for (const [name, value] of this.entries()) body.append(name, value);
    }
    return body;
  }

  async send({ isLast = false, isLeaving = false } = {}) {
    const text = this.text();
    const isChanged = text !== this.confirmed && !this.isSent;
    if (!isChanged && isLast && !(isLeaving && this.root.dataset.article)) return;
    if (isChanged && isLast) this.keepHere();
    this.underWay?.abort();
    const mine = new AbortController();
    this.underWay = mine;
    this.lastSent = Date.now();
    try {
      const response = await fetch(this.root.dataset.url, {
        method: "POST",
        body: this.request(text, { isLeaving }),
        redirect: "manual",
        keepalive: isLast && size(text) < KEEPALIVE_BYTES,
        signal: isLast ? undefined : mine.signal,
      });
      await this.heard(response, text, isChanged);
    } catch (error) {
      if (error.name !== "AbortError") this.failed("저장하지 못했습니다. 다시 시도합니다.");
    } finally {
      if (this.underWay === mine) this.underWay = null;
    }
  }

  async heard(response, text, isChanged) {
    if (response.type === "opaqueredirect" || response.status === 401) return this.signedOut();
    if (response.status === 403) return this.renew();
    if (!response.ok) return this.failed("저장하지 못했습니다. 다시 시도합니다.");
    const answer = await response.json();
    this.failures = 0;
    this.retryAt = 0;
    this.isLost = false;
    this.notice(answer.notices);
    if (!isChanged) return;
    this.confirmed = text;
    this.unsentSince = 0;
    if (this.text() === text) this.net.drop(this.sitting);
    this.say(answer.kept ?? "");
  }

  failed(words) {
    this.failures += 1;
    this.retryAt = Date.now() + Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures);
    this.say(words);
  }

  signedOut() {
    this.failed("로그인이 끝났습니다. 다른 창에서 로그인한 뒤 계속 쓰세요. 쓰신 글은 이 브라우저에 남아 있습니다.");
    const link = document.createElement("a");
    link.href = this.root.dataset.login;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "로그인";
    this.status?.append(" ", link);
  }

  /* Whoever signs in anew has another token; the form is given it, or its own save would fail. */
  async renew() {
    const response = await fetch(this.root.dataset.url, { redirect: "manual" });
    if (response.type === "opaqueredirect") return this.signedOut();
    if (response.ok) {
      const { token, user } = await response.json();
      if (String(user) !== this.root.dataset.user) {
        return this.failed("다른 계정으로 로그인하셨습니다. 쓰신 글은 이 브라우저에 남아 있습니다.");
      }
      for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
      if (!this.isLost) {
        this.isLost = true;
        this.retryAt = 0;
        return;
      }
    }
    this.failed("저장하지 못했습니다. 지금은 이 글을 고칠 수 없습니다. 쓰신 글은 이 브라우저에 남아 있습니다.");
  }

  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }

  notice(sentences = []) {
    const list = this.root.querySelector("[data-notices]");
    const shown = [...list.children].map((item) => item.textContent);
    if (shown.join("\n") === sentences.join("\n")) return;
    list.replaceChildren(
      ...sentences.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      }),
    );
  }

  /* Offer what only this browser has: neither saved, nor in a copy on the server, nor shown. */
  offerWhatIsLeft() {
    const savedAt = Number(this.root.dataset.savedAt);
    const shown = this.text();
    for (const [sitting, entry] of this.net.left()) {
      const offered = this.root.querySelector(`[data-sitting="${CSS.escape(sitting)}"]`);
      const isSettled =
        (entry.isSent && entry.at <= savedAt) ||
        (sitting === this.sitting && "kept" in this.root.dataset) ||
        (offered && Number(offered.dataset.at) >= entry.at) ||
        JSON.stringify(entry.entries) === shown ||
        entry.at < Date.now() - FORGET_AFTER;
      if (isSettled) this.net.drop(sitting);
      else if (sitting !== this.sitting || !("unsaved" in this.root.dataset)) {
        this.offer(sitting, entry);
      }
    }
  }

  offer(sitting, entry) {
    const item = this.root.querySelector("[data-net]").content.cloneNode(true).firstElementChild;
    const when = new Date(entry.at).toLocaleString("ko-KR", {
      month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    const body = Object.fromEntries(entry.entries).body ?? "";
    const length = body.trim().length.toLocaleString("ko-KR");
    item.querySelector("p").textContent =
      `${when}에 저장하지 못한 글이 이 브라우저에 남아 있습니다 (${length}자).`;
    item.querySelector("[data-resume]").addEventListener("click", () => this.takeUp(sitting, entry, item));
    item.querySelector("[data-drop]").addEventListener("click", () => {
      this.net.drop(sitting);
      item.remove();
    });
    this.root.querySelector("[data-offers]").prepend(item);
  }

  /* Hand it to the server first: the form then opens with it as with every other copy. */
  async takeUp(sitting, entry, item) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.hidden("csrfmiddlewaretoken").value);
    body.append("article", this.root.dataset.article);
    body.append("sitting", sitting);
    body.append("base", entry.base);
    body.append("changed", "1");
    for (const [name, value] of entry.entries) body.append(name, value);
    try {
      const response = await fetch(this.root.dataset.url, { method: "POST", body, redirect: "manual" });
      const answer = response.ok ? await response.json() : {};
      if (!answer.kept) throw new Error("refused");
      this.net.drop(sitting);
      location.assign(`${location.pathname}?copy=${sitting}`);
    } catch {
      item.querySelector("p").append(" 지금은 불러오지 못했습니다. 잠시 뒤에 다시 눌러 주세요.");
    }
  }

  /* Throwing a copy away needs no other page, on which the form would begin anew. */
  listenForDiscards() {
    this.root.addEventListener("submit", async (event) => {
      if (!event.target.hasAttribute("data-discard")) return;
      event.preventDefault();
      event.stopPropagation();
      const item = event.target.closest("[data-sitting]");
      try {
        const response = await fetch(event.target.action, {
          method: "POST", body: new FormData(event.target), redirect: "manual",
        });
        if (response.type !== "opaqueredirect") return;
        this.net.drop(item.dataset.sitting);
        item.remove();
      } catch {
        // It stays, and can be thrown away later.
      }
    });
  }
}

/* In the merge view one click takes a whole part; the fields are there without it too. */
function listenForChoices() {
  for (const button of document.querySelectorAll("[data-take]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.into);
      if (!field) return;
      field.value = document.getElementById(button.dataset.take).value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.scrollIntoView({ block: "center" });
      field.focus({ preventScroll: true });
    });
  }
}

function begin() {
  const root = document.getElementById("desk-copies");
  const form = document.getElementById("article_form");
  if (root && form) {
    const sitting = new Sitting(root, form);
    sitting.offerWhatIsLeft();
    sitting.listenForDiscards();
    sitting.start();
  }
  listenForChoices();
}

// Other scripts arrange the form when the page is there; what they leave is the beginning.
if (document.readyState === "complete") begin();
else window.addEventListener("DOMContentLoaded", () => setTimeout(begin));
