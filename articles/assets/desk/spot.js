/* Leads from a problem that the publish gate names to the spot in the form: opens the tab that
   holds the field and selects the line of the text. Without it the link leads to the field, and
   the problem says the line. */

function openTab(field) {
  const panel = field.closest(".tab-wrapper");
  if (!panel) return;
  const panels = [...panel.parentElement.querySelectorAll(":scope > .tab-wrapper")];
  const tabs = panel.parentElement.querySelectorAll(":scope nav > a");
  tabs[panels.indexOf(panel)]?.click();
}

/* The place of a line in the text, as [from, to]; the last one for a line that is not there. */
function lineIn(text, number) {
  const lines = text.split("\n");
  const index = Math.min(Math.max(number, 1), lines.length) - 1;
  const from = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  return [from, from + lines[index].length];
}

/* How far above the field's inner top the line stands, measured by a copy of its text. */
function heightBefore(area, from) {
  const copy = area.cloneNode();
  copy.removeAttribute("id");
  copy.removeAttribute("name");
  copy.setAttribute("aria-hidden", "true");
  Object.assign(copy.style, {
    position: "absolute",
    visibility: "hidden",
    height: "0",
    minHeight: "0",
    width: `${area.offsetWidth}px`,
  });
  copy.value = area.value.slice(0, from);
  area.after(copy);
  const height = copy.scrollHeight;
  copy.remove();
  return height;
}

function selectLine(area, number) {
  const [from, to] = lineIn(area.value, number);
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, to);
  const height = heightBefore(area, from);
  area.scrollTop = Math.max(0, height - area.clientHeight / 2);
  const top = area.getBoundingClientRect().top + window.scrollY + height - area.scrollTop;
  window.scrollTo({ top: Math.max(0, top - window.innerHeight / 2) });
}

function visibleField(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), select, textarea")];
  return fields.find((field) => field.offsetParent !== null);
}

function goToSpot() {
  const field = document.getElementById(location.hash.slice(1));
  if (!field?.closest("form")) return;
  openTab(field);
  // Alpine shows the tab in a step of its own.
  requestAnimationFrame(() => {
    const line = Number(new URLSearchParams(location.search).get("line"));
    if (line && field.matches("textarea")) {
      selectLine(field, line);
    } else {
      field.scrollIntoView({ block: "center" });
      // Of a part that is no field itself, the first field in it.
      const first = field.matches("input, select, textarea") ? field : visibleField(field);
      first?.focus({ preventScroll: true });
    }
  });
}

// After Alpine has set up the tabs, which it does when the page is ready.
if (document.readyState === "complete") goToSpot();
else window.addEventListener("load", goToSpot);
window.addEventListener("hashchange", goToSpot);
