/* Reports, once, that the article has been in view for a while. Time in a hidden tab does not
   count, nor does coming back within a few hours. Nothing is sent along that says who reads. */

const { reads: address, seconds } = document.querySelector("script[data-reads]").dataset;
const STORE = "pildam:reads";
// How long coming back is the same read; the server has the same number.
const SAME_READ = 6 * 60 * 60 * 1000;

let remaining = seconds * 1000;
let seenSince = 0;
let clock;

/* When what was read in this browser, as far back as it matters. A browser that keeps nothing
   is known to the server. */
function lately() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(STORE)) ?? {});
    return Object.fromEntries(kept.filter(([, at]) => Math.abs(Date.now() - at) < SAME_READ));
  } catch {
    return {};
  }
}

function remember() {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...lately(), [address]: Date.now() }));
  } catch { /* full or forbidden */ }
}

async function report() {
  document.removeEventListener("visibilitychange", follow);
  // Another tab may have been quicker.
  if (address in lately()) return;
  try {
    const answer = await fetch(address, { method: "POST", keepalive: true, credentials: "omit" });
    if (answer.ok) remember();
  } catch { /* one read less */ }
}

function follow() {
  if (document.visibilityState === "visible") {
    seenSince = performance.now();
    clock = setTimeout(report, remaining);
  } else if (clock) {
    clearTimeout(clock);
    clock = undefined;
    remaining -= performance.now() - seenSince;
  }
}

if (!(address in lately())) {
  document.addEventListener("visibilitychange", follow);
  follow();
}
