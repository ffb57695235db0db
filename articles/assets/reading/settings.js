/* How this browser shows the site: paper, size and face of the text. It runs in the head, before
   anything is painted, so that no page is seen as its reader does not want it. The rest of the
   site's scripts come later, as modules. */
(() => {
  const STORE = "pildam:settings";
  // Beside these there is what everybody sees who has chosen nothing.
  const CHOICES = { theme: ["light", "dark"], size: ["small", "large", "larger"], face: ["serif"] };
  const root = document.documentElement;
  let settings = {};

  function read() {
    try {
      settings = JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch { /* forbidden, or not ours */ }
  }

  function apply() {
    for (const [name, choices] of Object.entries(CHOICES)) {
      if (choices.includes(settings[name])) root.dataset[name] = settings[name];
      else delete root.dataset[name];
    }
  }

  function choose(event) {
    const name = event.target.name?.replace("reader-", "");
    if (!event.target.closest("[data-reader-settings]") || !(name in CHOICES)) return;
    settings = { ...settings, [name]: event.target.value };
    apply();
    try {
      localStorage.setItem(STORE, JSON.stringify(settings));
    } catch { /* it lasts as long as the page */ }
  }

  function showChoices() {
    for (const field of document.querySelectorAll("[data-reader-settings] input")) {
      field.checked = field.value === (root.dataset[field.name.replace("reader-", "")] ?? "");
    }
  }

  read();
  apply();
  // What needs a script is there from the first paint on, and only where it will work.
  if ("popover" in HTMLElement.prototype) root.classList.add("scripted");
  if (navigator.share) root.classList.add("sharing");
  document.addEventListener("change", choose);
  document.addEventListener("DOMContentLoaded", showChoices);
  window.addEventListener("storage", (event) => {
    if (event.key !== STORE) return;
    read();
    apply();
    showChoices();
  });
})();
