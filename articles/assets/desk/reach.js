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

  document.addEventListener("keydown", (event) => {
    const isPress = event.key === "Enter" || event.key === " ";
    if (!isPress || event.isComposing || !event.target.matches?.(`[role=button]${PRESSED}`)) return;
    event.preventDefault();
    event.target.click();
  });
});
