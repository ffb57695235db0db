/* Episodes are put in order by dragging or by buttons; without this script by their numbers.
   The numbers that are there stay there: the rows are handed out to them anew. */

import { drag, step } from "./moving.js";

const form = document.querySelector("[data-episodes]");
if (form?.querySelector("input[type=number]")) arrange(form);

function arrange(form) {
  const list = form.querySelector("ol");
  const status = form.querySelector("[data-episodes-status]");
  for (const part of form.querySelectorAll("[data-handle], [data-moves]")) part.hidden = false;

  for (const row of list.querySelectorAll("[data-episode]")) {
    for (const button of row.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => {
        if (!step(row, button.dataset.move === "-1")) return;
        renumber();
        button.focus();
      });
    }
    const handle = row.querySelector("[data-handle]");
    handle?.addEventListener("pointerdown", (event) => drag(row, event, renumber));
  }

  function renumber() {
    const inputs = [...list.querySelectorAll("input[type=number]")];
    const numbers = inputs.map((input) => Number(input.value)).sort((a, b) => a - b);
    inputs.forEach((input, place) => {
      input.value = numbers[place];
    });
    status.textContent = "순서를 바꾸었습니다. ‘회차 저장’을 눌러야 저장됩니다.";
  }
}
