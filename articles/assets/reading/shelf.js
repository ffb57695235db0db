/* What this browser remembers of articles: those to read later, and how far others were read.
   Nothing of it leaves the browser. Full or forbidden storage stands in nobody's way. */

const STORE = "pildam:shelf";
const KEPT = 60;

const isEntry = (entry) => typeof entry?.path === "string" && /^\/articles\/[^/]/.test(entry.path) && typeof entry.title === "string";

function entries() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/* Reads anew before each change: another tab may have changed it since. */
function put(path, change) {
  const all = entries();
  const entry = { ...all.find((each) => each.path === path), path, ...change, at: Date.now() };
  const others = all.filter((each) => each.path !== path);
  const isWorthKeeping = entry.later || entry.place;
  try {
    const kept = isWorthKeeping ? [entry, ...others] : others;
    localStorage.setItem(STORE, JSON.stringify(kept.slice(0, KEPT)));
  } catch { /* nothing is kept */ }
}

export const shelf = {
  /* Each { path, title, author, at, later, place: { block, share } }, the latest first. */
  all: entries,
  find: (path) => entries().find((each) => each.path === path),
  put,
  forget: (path) => put(path, { later: false, place: null }),
};
