/* Episodes are put in order by dragging or by buttons; without this script by their numbers.
   The numbers that are there stay there: the rows are handed out to them anew. */

const form = document.querySelector("[data-episodes]");
if (form?.querySelector("input[type=number]")) arrange(form);

function arrange(form) {
  const list = form.querySelector("ol");
  const status = form.querySelector("[data-episodes-status]");
  for (const part of form.querySelectorAll("[data-handle], [data-moves]")) part.hidden = false;

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("[data-episode]");
    const isUp = button.dataset.move === "-1";
    const other = isUp ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (isUp) other.before(row);
    else other.after(row);
    renumber();
    button.focus();
  });

  let dragged = null;

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    dragged = handle.closest("[data-episode]");
    dragged.classList.add("is-dragged");
    list.setPointerCapture(event.pointerId);
  });

  list.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    scrollNearEdge(event.clientY);
    const before = dragged.previousElementSibling;
    const after = dragged.nextElementSibling;
    if (before && event.clientY < middle(before)) before.before(dragged);
    else if (after && event.clientY > middle(after)) after.after(dragged);
  });

  for (const end of ["pointerup", "pointercancel"]) {
    list.addEventListener(end, () => {
      if (!dragged) return;
      dragged.classList.remove("is-dragged");
      dragged = null;
      renumber();
    });
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

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

function scrollNearEdge(y) {
  const edge = 60;
  if (y < edge) window.scrollBy(0, -12);
  else if (y > window.innerHeight - edge) window.scrollBy(0, 12);
}
