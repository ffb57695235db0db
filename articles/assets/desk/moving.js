/* Moves a row among its neighbours: by one place, or with a pointer that holds its handle. */

/* Returns whether there was a neighbour to change places with. */
export function step(row, isUp) {
  const neighbour = isUp ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) return false;
  if (isUp) neighbour.before(row);
  else neighbour.after(row);
  return true;
}

/* Pointers and not drag events: fingers and pens drag as mice do. Begins with the `pointerdown`
   of the row's handle, and calls `dropped` when the pointer lets go. */
export function drag(row, event, dropped) {
  if (event.button !== 0) return;
  const list = row.parentElement;
  event.preventDefault();
  // The list holds the pointer: a handle that moves with its row would let go of it.
  list.setPointerCapture(event.pointerId);
  row.classList.add("is-dragged");

  const follow = ({ clientY }) => {
    scrollNearEdge(clientY);
    const others = [...list.children].filter((other) => other !== row);
    const below = others.find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return clientY < top + height / 2;
    });
    const isThere = below ? below.previousElementSibling === row : !row.nextElementSibling;
    if (!isThere) list.insertBefore(row, below ?? null);
  };
  const drop = () => {
    row.classList.remove("is-dragged");
    list.removeEventListener("pointermove", follow);
    list.removeEventListener("lostpointercapture", drop);
    dropped();
  };
  list.addEventListener("pointermove", follow);
  list.addEventListener("lostpointercapture", drop);
}

function scrollNearEdge(y) {
  const edge = 60;
  if (y < edge) window.scrollBy(0, -12);
  else if (y > window.innerHeight - edge) window.scrollBy(0, 12);
}
