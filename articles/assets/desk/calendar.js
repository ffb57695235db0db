/* Dragging an article to another day fills in its form and sends it; the hour stays. */
const days = document.querySelectorAll(".desk-calendar td[data-date]");
let dragged = null;

for (const entry of document.querySelectorAll(".desk-calendar-entry[draggable]")) {
  entry.addEventListener("dragstart", (event) => {
    dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.querySelector("a").textContent.trim());
    entry.classList.add("is-dragged");
  });
  entry.addEventListener("dragend", () => {
    dragged = null;
    entry.classList.remove("is-dragged");
    for (const day of days) day.classList.remove("is-target");
  });
}

for (const day of days) {
  day.addEventListener("dragover", (event) => {
    if (!dragged || dragged.closest("td") === day) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    day.classList.add("is-target");
  });
  day.addEventListener("dragleave", (event) => {
    if (!day.contains(event.relatedTarget)) day.classList.remove("is-target");
  });
  day.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const form = dragged.querySelector("form");
    form.elements.date.value = day.dataset.date;
    form.requestSubmit();
  });
}
