/* Keys for the moderators' queues: each presses a button that stands on the page anyway.

   Keys are known by their place (event.code), so that ㅓ is j on a Korean keyboard. Nothing is
   heard while somebody types, while Hangul is composed, or with Ctrl, Alt or Meta. */
"use strict";
{
  const queue = document.querySelector("[data-queue]");
  const help = document.querySelector("[data-keys]");
  const cards = queue ? [...queue.querySelectorAll("[data-card]")] : [];
  const PLACE = `desk-place:${location.pathname}`;
  const WRITING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

  const current = () => cards.indexOf(document.activeElement?.closest("[data-card]"));

  function go(index) {
    const card = cards[Math.max(0, Math.min(index, cards.length - 1))];
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }

  function press(code) {
    const index = current();
    const button = cards[index]?.querySelector(`[data-key="${code}"]`);
    if (!button) return;
    // The page comes back without the card; the next one takes its place.
    sessionStorage.setItem(PLACE, String(index));
    button.click();
  }

  function choose() {
    const box = cards[current()]?.querySelector("input[name=chosen]");
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const KEYS = new Map([
    ["KeyJ", () => go(current() + 1)],
    ["KeyK", () => go(current() - 1)],
    ["KeyX", choose],
    ["KeyU", () => document.querySelector("[data-undo]")?.click()],
    ...["KeyA", "KeyH", "KeyS", "KeyD"].map((code) => [code, () => press(code)]),
  ]);

  function showHelp() {
    if (!help) return;
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest(WRITING)) return;
    const act = event.shiftKey
      ? event.code === "Slash" && showHelp
      : event.code === "Escape" && help?.open
        ? showHelp
        : KEYS.get(event.code);
    if (!act) return;
    event.preventDefault();
    act();
  });

  if (queue) {
    const boxes = [...queue.querySelectorAll("input[name=chosen]")];
    const all = queue.querySelector("[data-choose-all]");
    const count = queue.querySelector("[data-chosen-count]");

    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      count.textContent = chosen ? `${chosen}개 고름` : "";
      all.firstElementChild.checked = chosen === boxes.length;
    };

    if (all && boxes.length) {
      all.hidden = false;
      all.addEventListener("change", (event) => {
        for (const box of boxes) box.checked = event.target.checked;
        tell();
      });
      queue.addEventListener("change", (event) => {
        if (event.target.name === "chosen") tell();
      });
      tell();
    }

    // Enter in the field for the reason would press the first button on the page.
    queue.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input[name=reason]")) event.preventDefault();
    });

    const place = sessionStorage.getItem(PLACE);
    if (place !== null) {
      sessionStorage.removeItem(PLACE);
      go(Number(place));
    }
  }
}
