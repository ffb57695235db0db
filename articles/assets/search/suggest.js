/* Offers pages while somebody types into the search field: a combobox as ARIA describes it. The
   form works without it, and goes on working with it: Enter searches unless a page is chosen. */

const field = document.querySelector("[data-suggest]");
const input = field?.querySelector("input");
const WAIT = 150;

const list = document.createElement("ul");
const status = document.createElement("p");
let options = [];
let chosen = -1;
let clock;
let asking;

function build() {
  list.id = "search-suggestions";
  list.className = "search-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "바로 갈 수 있는 글");
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) input.setAttribute(name, value);
  field.append(list, status);
}

function optionOf({ text, kind, url }, place) {
  const option = document.createElement("li");
  const label = document.createElement("small");
  const name = document.createElement("span");
  label.textContent = kind;
  name.textContent = text;
  option.append(label, name);
  option.id = `search-suggestion-${place}`;
  option.dataset.url = url;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  return option;
}

function show(suggestions) {
  options = suggestions.map(optionOf);
  chosen = -1;
  list.replaceChildren(...options);
  list.hidden = options.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
  status.textContent = options.length ? `바로 갈 수 있는 곳 ${options.length}개. 아래 화살표로 고릅니다.` : "";
}

function choose(place) {
  chosen = place;
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
  if (place < 0) {
    input.removeAttribute("aria-activedescendant");
  } else {
    input.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }
}

async function ask() {
  asking?.abort();
  const text = input.value.trim();
  if (!text) {
    show([]);
    return;
  }
  asking = new AbortController();
  try {
    const address = `${field.dataset.suggest}?${new URLSearchParams({ q: text })}`;
    const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
    if (!answer.ok) return;
    const { suggestions } = await answer.json();
    if (document.activeElement === input) show(suggestions);
  } catch { /* a newer question, or no network: the form is still there */ }
}

function typed() {
  clearTimeout(clock);
  clock = setTimeout(ask, WAIT);
}

function close() {
  clearTimeout(clock);
  asking?.abort();
  show([]);
}

/* While a syllable is open the keys belong to it. */
function pressed(event) {
  if (event.isComposing || list.hidden) return;
  const count = options.length;
  // One place beyond the last is the field itself.
  const steps = { ArrowDown: (chosen + 2) % (count + 1) - 1, ArrowUp: (chosen + count + 1) % (count + 1) - 1 };
  if (event.key in steps) {
    event.preventDefault();
    choose(steps[event.key]);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    location.assign(options[chosen].dataset.url);
  }
}

if (input) {
  build();
  input.addEventListener("input", typed);
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", close);
  // Keep the focus where it is, or the list would be gone before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}
