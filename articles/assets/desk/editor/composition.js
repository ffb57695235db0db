/* Whether a syllable is being put together anywhere on the page: nothing may interrupt that. */

let isOpen = false;
let waiting = [];

document.addEventListener("compositionstart", () => { isOpen = true; }, true);
document.addEventListener("compositionend", () => {
  isOpen = false;
  const due = waiting;
  waiting = [];
  // The browser writes the syllable into the field only after this event.
  setTimeout(() => due.forEach((go) => go()), 0);
}, true);

/* 229 is what browsers call a key that the input method has taken. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229 || isOpen;

export const isWriting = () => isOpen;

/* Resolve as soon as no syllable is open. */
export const whenComposed = () =>
  isOpen ? new Promise((go) => { waiting.push(go); }) : Promise.resolve();
