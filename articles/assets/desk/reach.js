/* Unfold has links without an address, and pictures, that only a mouse can press: the tabs of a
   form, the menus. The keyboard reaches them too, and they say what they are. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const PRESSED = "[x-on\\:click]:not([href], button, input, select, textarea, summary, label)";
  // A click beside a panel that is open closes it; for the keyboard that is the Escape key.
  const NOT_A_BUTTON = "#changelist-filter-close";
  const NAMES = [
    [/^sidebar(Desktop|Mobile)Open/, "메뉴 여닫기"],
    [/^openRelatedWidgetWrapper/, "고른 것 고치기와 새로 만들기"],
  ];

  const reach = (element) => {
    if (element.matches(NOT_A_BUTTON) || element.closest("[role=button]")) return;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    const name = NAMES.find(([does]) => does.test(element.getAttribute("x-on:click")))?.[1];
    if (name) element.setAttribute("aria-label", name);
  };
  document.querySelectorAll(PRESSED).forEach(reach);

  /* Unfold's search boxes take their name from what is chosen, which may be nothing. */
  const nameSearches = () => {
    for (const box of document.querySelectorAll(".select2-selection:not([id])")) {
      const select = box.closest(".select2").previousElementSibling;
      const chosen = box.getAttribute("aria-labelledby");
      const name = select?.labels?.[0]?.textContent ?? box.closest("[data-label]")?.dataset.label;
      if (!name?.trim() || !chosen) continue;
      box.id = `${chosen}-box`;
      box.setAttribute("aria-label", name.trim());
      box.setAttribute("aria-labelledby", `${box.id} ${chosen}`);
      // What is chosen is a part of the box and no second field in it.
      const words = document.getElementById(chosen);
      for (const attribute of ["role", "aria-readonly"]) words?.removeAttribute(attribute);
    }
  };
  // jQuery makes the boxes when it is ready itself, and whenever a row is added.
  const isBox = ({ addedNodes }) => [...addedNodes].some((node) => node.matches?.(".select2"));
  const watch = (changes) => { if (changes.some(isBox)) nameSearches(); };
  nameSearches();
  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    const isPress = event.key === "Enter" || event.key === " ";
    if (!isPress || event.isComposing || !event.target.matches?.(`[role=button]${PRESSED}`)) return;
    event.preventDefault();
    event.target.click();
  });
});
