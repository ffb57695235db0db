/* Fetches the discussion's scripts when a reader moves and comes near it: whoever reads only the
   article never loads them, and the first view of a short one does not either. What is pressed
   before they are here is done when they are. */

const section = document.querySelector("[data-discussion]");
let loading;

function load() {
  watch.disconnect();
  loading ??= import("./discussion.js").finally(() => section.removeEventListener("click", hold, true));
  return loading;
}

async function hold(event) {
  const pressed = event.target.closest("a, button");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!pressed || !isPlain) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // Without the scripts, links and forms lead where they always lead.
  await load().catch(() => {});
  pressed.click();
}

const watch = new IntersectionObserver(
  (seen) => { if (seen.at(-1).isIntersecting) load().catch(() => {}); },
  { rootMargin: "600px" },
);

const SIGNS_OF_LIFE = ["scroll", "pointermove", "pointerdown", "keydown"];

if (section) {
  section.addEventListener("click", hold, true);
  for (const sign of SIGNS_OF_LIFE) {
    addEventListener(sign, () => watch.observe(section), { once: true, passive: true });
  }
}
