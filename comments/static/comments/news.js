/* New comments are offered, never pushed in. */

import { SECOND, SECTION, element } from "./page.js";
import { ask } from "./server.js";

const POLL_EVERY = 30 * SECOND;
const POLL_AT_MOST = 300 * SECOND;

/* `before` is how many were newer than those of this page when it was opened. */
const news = { newest: 0, before: null, own: 0, failures: 0, wait: POLL_EVERY, timer: 0, shown: 0 };

function newestId() {
  const ids = [...SECTION.querySelectorAll("[id^=comment-]")].map((found) => Number(found.id.slice(8)));
  return Math.max(0, ...ids.filter(Number.isInteger));
}

async function lookForNews() {
  const url = `${SECTION.dataset.discussion}new/?after=${news.newest}`;
  try {
    const { answer } = await ask(url);
    news.failures = 0;
    news.before ??= answer.count - news.own;
    offerNews(answer.count - news.before - news.own);
  } catch {
    news.failures += 1;
  }
  // Whoever does nothing meanwhile is asked less and less often.
  news.wait = Math.min(2 * news.wait, POLL_AT_MOST);
  planLook();
}

function planLook(wait = news.wait) {
  clearTimeout(news.timer);
  if (document.hidden || news.failures >= 3) return;
  news.timer = setTimeout(lookForNews, wait);
}

/* Whoever is back soon hears the news again. */
function wake() {
  if (news.wait === POLL_EVERY) return;
  news.wait = POLL_EVERY;
  planLook();
}

function offerNews(number) {
  if (number <= 0 || number === news.shown) return;
  news.shown = number;
  const list = SECTION.querySelector(".comment-list, .comments-empty");
  const offer = SECTION.querySelector(".comments-new") ?? element("p", { class: "comments-new", role: "status" });
  if (!offer.isConnected) list.before(offer);
  const url = `${SECTION.dataset.discussion}?sort=newest`;
  offer.replaceChildren(element("a", { href: url, rel: "nofollow" }, `새 댓글 ${number}개 보기`));
}

export function startNews() {
  news.newest = newestId();
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    lookForNews();
    document.addEventListener("visibilitychange", () => planLook(POLL_EVERY));
  });
  observer.observe(SECTION);
  for (const deed of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(deed, wake, { passive: true });
  }
}

export function countOwn() {
  news.own += 1;
}
