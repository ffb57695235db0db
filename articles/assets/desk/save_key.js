/* Ctrl+S and ⌘S save the article and stay with it, as the button does. */
document.addEventListener("keydown", (event) => {
  const isSave = event.code === "KeyS" && (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!isSave || event.shiftKey) return;
  event.preventDefault();
  // A syllable that is still open is finished first by whoever writes it.
  if (event.isComposing || event.repeat) return;
  document.querySelector('button[name="_continue"]')?.click();
});
