/* A click on a picture says what must stay in sight where it is cropped. Without this script
   the two numbers beside it say the same. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const picker = document.querySelector("[data-focus-picker]");
  const x = document.getElementById("id_focus_x");
  const y = document.getElementById("id_focus_y");
  if (!picker || !x || !y) return;

  const marker = document.createElement("span");
  marker.className = "desk-focus-marker";
  picker.append(marker);
  picker.title = "눌러서 초점을 정합니다.";

  const show = () => {
    marker.style.left = `${x.value || 50}%`;
    marker.style.top = `${y.value || 50}%`;
  };
  const percent = (offset, length) =>
    Math.round(Math.min(100, Math.max(0, (100 * offset) / length)));

  picker.addEventListener("click", (event) => {
    const box = picker.getBoundingClientRect();
    x.value = percent(event.clientX - box.left, box.width);
    y.value = percent(event.clientY - box.top, box.height);
    // The form's warning about unsaved changes listens for this.
    for (const field of [x, y]) field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  show();
});
