/* What the browser remembers: drafts and a name, never a password. Full or forbidden storage
   stands in nobody's way. */

import { SECOND } from "./page.js";

const PREFIX = "pildam:";
const DRAFT_DAYS = 30;

// What the browser does not keep lasts as long as the page.
const memory = new Map();

export const store = {
  get(key) {
    if (memory.has(key)) return memory.get(key);
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
  },
  set(key, value) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(value));
      memory.delete(key);
    } catch { memory.set(key, value); }
  },
  remove(key) {
    memory.delete(key);
    try { localStorage.removeItem(PREFIX + key); } catch { /* nothing is kept anyway */ }
  },
  keys() {
    try { return Object.keys(localStorage); } catch { return []; }
  },
};

export function dropOldDrafts() {
  const oldest = Date.now() - DRAFT_DAYS * 24 * 3600 * SECOND;
  const keys = store.keys().filter((key) => key.startsWith(`${PREFIX}draft:`));
  for (const key of keys.map((found) => found.slice(PREFIX.length))) {
    if (!(store.get(key)?.at > oldest)) store.remove(key);
  }
}
