/* A picture as large as the window, with its caption: fetched when the first one is opened. */

const dialog = document.createElement("dialog");
dialog.className = "lightbox";
dialog.setAttribute("aria-label", "그림 크게 보기");
const frame = document.createElement("figure");
const count = document.createElement("p");
count.className = "lightbox-count";
count.setAttribute("aria-live", "polite");
const steps = document.createElement("div");
steps.className = "lightbox-steps";

let pictures = [];
let shown = 0;
let opener;

function control(className, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

/* The best copy that there is, whatever the window: whoever enlarges a picture looks closely. */
function enlarged(picture) {
  const source = picture.closest("picture") ?? picture;
  const copy = source.cloneNode(true);
  for (const each of copy.querySelectorAll("source")) each.sizes = `${picture.getAttribute("width") || 2000}px`;
  const image = copy.matches("img") ? copy : copy.querySelector("img");
  image.loading = "eager";
  image.className = "";
  return copy;
}

function draw() {
  const picture = pictures[shown];
  frame.replaceChildren(enlarged(picture));
  const caption = picture.closest("figure").querySelector("figcaption")?.cloneNode(true);
  if (caption) frame.append(caption);
  count.textContent = pictures.length > 1 ? `${shown + 1} / ${pictures.length}` : "";
}

function step(by) {
  shown = (shown + by + pictures.length) % pictures.length;
  draw();
}

function onKey(event) {
  if (pictures.length < 2 || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowRight") step(1);
  if (event.key === "ArrowLeft") step(-1);
}

dialog.append(control("close", "닫기", () => dialog.close()), frame, steps);
steps.append(
  control("lightbox-back", "이전 그림", () => step(-1)),
  count,
  control("lightbox-on", "다음 그림", () => step(1)),
);
dialog.addEventListener("keydown", onKey);
dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target === frame) dialog.close(); });
dialog.addEventListener("close", () => {
  frame.replaceChildren();
  opener?.focus({ preventScroll: true });
});
document.body.append(dialog);

/* Show one of the pictures; `from` is the button to which the focus comes back. */
export function show(all, index, from) {
  [pictures, shown, opener] = [all, index, from];
  steps.hidden = all.length < 2;
  draw();
  dialog.showModal();
}
