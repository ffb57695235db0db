/* Rows that are put in order by dragging or by two buttons, and added one by one. What is sent is
   the numbers that stand in each row, which people without this script write themselves. */

import { drag, step } from "./moving.js";

function number(list) {
  [...list.children].forEach((row, index) => {
    const field = row.querySelector("input[name$='-position']");
    if (field) field.value = index + 1;
  });
}

function button(text, label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "front-move";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", press);
  return made;
}

function equip(row) {
  const handle = document.createElement("span");
  handle.className = "front-handle";
  handle.title = "끌어서 옮기기";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  handle.addEventListener("pointerdown", (event) =>
    drag(row, event, () => number(row.parentElement)),
  );
  const move = (made, isUp) => {
    if (step(row, isUp)) number(row.parentElement);
    made.focus();
  };
  const up = button("↑", "위로", () => move(up, true));
  const down = button("↓", "아래로", () => move(down, false));
  const tools = document.createElement("div");
  tools.className = "front-tools";
  tools.append(handle, up, down);
  row.prepend(tools);
}

/* A row that is added takes the next number of its form's fields. */
function offerMore(template) {
  const prefix = template.dataset.blank;
  const list = template.parentElement.querySelector("[data-rows]");
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const more = button("한 줄 더", "한 줄 더", () => {
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.content.firstElementChild;
    total.value = Number(total.value) + 1;
    list.append(row);
    equip(row);
    number(list);
    row.querySelector("input:not([type=hidden], [name$='-position'])")?.focus();
  });
  more.className = "desk-button";
  more.removeAttribute("title");
  list.after(more);
}

for (const list of document.querySelectorAll("[data-rows]")) {
  for (const row of list.children) equip(row);
  list.classList.add("is-equipped");
}
for (const template of document.querySelectorAll("template[data-blank]")) offerMore(template);
