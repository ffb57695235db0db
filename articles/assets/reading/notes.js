/* A footnote beside its mark. Escape, or a click elsewhere, closes it, and the focus goes back. */

const panel = document.createElement("div");
panel.className = "note";
panel.popover = "auto";
panel.tabIndex = -1;
panel.setAttribute("role", "dialog");
document.body.append(panel);

const EDGE = 16;
const GAP = 10;

function fill(mark, note) {
  const copy = note.cloneNode(true);
  for (const link of copy.querySelectorAll(".footnote-backref")) link.remove();
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  const more = document.createElement("a");
  more.className = "note-more";
  more.href = mark.hash;
  more.textContent = "각주 모음으로 가기";
  more.addEventListener("click", () => panel.hidePopover());
  panel.setAttribute("aria-label", `각주 ${mark.textContent}`);
  panel.replaceChildren(...copy.childNodes, more);
}

/* Under the mark, or above it where there is no room. A phone has the note at its foot. */
function placeBeside(mark) {
  const at = mark.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = Math.min(Math.max(EDGE, at.left + at.width / 2 - width / 2), innerWidth - width - EDGE);
  const isLow = at.bottom + GAP + height > innerHeight - EDGE;
  const top = isLow ? at.top - GAP - height : at.bottom + GAP;
  panel.style.setProperty("--note-left", `${Math.max(EDGE, left)}px`);
  panel.style.setProperty("--note-top", `${Math.max(EDGE, top)}px`);
}

export function showNote(mark, note) {
  fill(mark, note);
  mark.focus({ preventScroll: true });
  panel.showPopover();
  placeBeside(mark);
  panel.focus({ preventScroll: true });
}

// What the page is scrolled away from is no longer being read.
panel.addEventListener("toggle", (event) => {
  if (event.newState !== "open") return;
  const from = scrollY;
  const follow = () => {
    if (Math.abs(scrollY - from) < 160) return;
    document.removeEventListener("scroll", follow);
    panel.hidePopover();
  };
  document.addEventListener("scroll", follow, { passive: true });
});
