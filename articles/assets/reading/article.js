/* Shortens the ways of a reader through an article: where in it one is, pictures, notes, addresses
   to copy, and the place to come back to. The page is whole without this script. */

import { shelf } from "./shelf.js";

const article = document.querySelector(".article");
const body = article.querySelector(".article-body");
const path = location.pathname;
const facts = {
  title: article.querySelector("h1").textContent.trim(),
  author: article.querySelector(".byline-author")?.textContent.trim() ?? "",
};

/* One place for what happened; screen readers say it, eyes find it at the foot of the window. */
const speaker = document.createElement("p");
speaker.className = "said";
speaker.setAttribute("role", "status");
let silence;

function say(words) {
  speaker.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => { speaker.textContent = ""; }, 5000);
}

function button(className, label, text = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.setAttribute("aria-label", label);
  made.textContent = text;
  return made;
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(`복사하지 못했습니다. ${text}`);
  }
}

const address = (hash = "") => document.querySelector("link[rel=canonical]")?.href.startsWith(location.origin)
  ? document.querySelector("link[rel=canonical]").href + hash
  : location.origin + path + hash;

/* Headings: an address for each, and the one that is being read marked in the contents. */

function offerAddress(heading) {
  const title = heading.textContent;
  const link = document.createElement("a");
  link.className = "heading-link";
  link.href = `#${heading.id}`;
  link.setAttribute("aria-label", `‘${title}’ 주소 복사`);
  link.addEventListener("click", () => copy(address(link.hash), "이 대목의 주소를 복사했습니다."));
  // The heading is still called what it says.
  heading.setAttribute("aria-label", title);
  heading.append(" ", link);
}

function followContents(headings) {
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const listed = headings.filter((heading) => links.has(heading.id));
  if (!listed.length) return;
  const mark = () => {
    const passed = listed.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
    const current = links.get(passed.at(-1)?.id);
    for (const link of links.values()) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  // It is told when a heading crosses the line, also by a leap; scrolling itself costs nothing.
  const watch = new IntersectionObserver(mark, { rootMargin: "100000px 0px -70% 0px" });
  for (const heading of listed) watch.observe(heading);
}

/* Code and pictures. */

function offerCopy(block) {
  const frame = document.createElement("div");
  frame.className = "code-frame";
  const copying = button("code-copy", "코드 복사", "복사");
  copying.addEventListener("click", () => copy(block.textContent.replace(/\n$/, ""), "코드를 복사했습니다."));
  block.replaceWith(frame);
  frame.append(block, copying);
}

function offerEnlarging(picture, all) {
  const words = picture.alt || "그림";
  const opening = button("enlarge", `크게 보기: ${words}`);
  const open = async () => (await import("./pictures.js")).show(all, all.indexOf(picture), opening);
  opening.addEventListener("click", open);
  picture.addEventListener("click", open);
  picture.classList.add("enlarges");
  picture.closest("figure").append(opening);
}

const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

function openNote(event) {
  const mark = event.target.closest(".footnote-ref a");
  const note = mark && document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  if (!note || !isPlain(event)) return;
  event.preventDefault();
  import("./notes.js").then(
    ({ showNote }) => showNote(mark, note),
    () => { location.hash = mark.hash; },
  );
}

/* The tools above and below the text. */

function startLater(later) {
  const show = () => later.setAttribute("aria-pressed", String(Boolean(shelf.find(path)?.later)));
  later.addEventListener("click", () => {
    const wanted = later.getAttribute("aria-pressed") !== "true";
    shelf.put(path, { ...facts, later: wanted });
    show();
    say(wanted ? "읽기 목록에 담았습니다." : "읽기 목록에서 뺐습니다.");
  });
  window.addEventListener("storage", show);
  show();
}

function onTool(event) {
  const tool = event.target.closest("[data-copy-link], [data-share], [data-kakao]");
  if (!tool) return;
  if (tool.matches("[data-copy-link]")) copy(address(), "주소를 복사했습니다.");
  else if (tool.matches("[data-share]")) navigator.share({ title: facts.title, url: address() }).catch(() => {});
  else {
    import("./kakao.js").then(({ share }) => share(tool.dataset.kakao, facts.title, address()))
      .catch(() => say("카카오톡을 열지 못했습니다. 링크를 복사해 보내 주세요."));
  }
}

/* The place in the text: the block that stands at the top of the window. Blocks stay the same
   whatever the width and size of the text. */

const blocks = [...body.children];

function place() {
  const block = blocks.findIndex((each) => each.getBoundingClientRect().bottom > 80);
  const { top, height } = body.getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (innerHeight - top) / height));
  return { block, share: Math.round(share * 100) };
}

function keepPlace() {
  const now = place();
  const before = shelf.find(path)?.place;
  // A glance at the first lines is no reading, and who has come to the end needs no way back.
  const isDone = now.block === -1 || now.share >= 97;
  if (isDone && before) shelf.put(path, { place: null });
  else if (!isDone && now.block > 2) shelf.put(path, { ...facts, place: now });
}

function offerPlace() {
  const kept = shelf.find(path)?.place;
  const block = blocks[kept?.block];
  if (!block || location.hash || scrollY > 200) return;
  const offer = document.createElement("aside");
  offer.className = "resume";
  offer.setAttribute("aria-label", "이어서 읽기");
  const words = document.createElement("p");
  words.textContent = `지난번에 ${kept.share}%까지 읽으셨습니다.`;
  const going = button("button", "읽던 곳부터 이어서 읽기", "이어서 읽기");
  going.addEventListener("click", () => {
    offer.remove();
    block.scrollIntoView();
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
  });
  const closing = button("close", "이어서 읽기 닫기");
  closing.addEventListener("click", () => offer.remove());
  offer.append(words, going, closing);
  // Before the text in the order of keys, at the foot of the window for eyes.
  article.prepend(offer);
  const leave = new IntersectionObserver((seen) => {
    if (!seen.at(-1).isIntersecting) return;
    leave.disconnect();
    offer.remove();
  });
  leave.observe(block);
}

function startPlace() {
  offerPlace();
  let hasMoved = false;
  document.addEventListener("scroll", () => { hasMoved = true; }, { passive: true });
  const keep = () => {
    if (hasMoved) keepPlace();
    hasMoved = false;
  };
  setInterval(keep, 3000);
  document.addEventListener("visibilitychange", keep);
  window.addEventListener("pagehide", keep);
}

function start() {
  document.body.append(speaker);
  const headings = [...body.querySelectorAll("h2[id], h3[id], h4[id]")];
  headings.forEach(offerAddress);
  followContents(headings);
  body.querySelectorAll("pre").forEach(offerCopy);
  const pictures = [...article.querySelectorAll("figure img")].filter((picture) => !picture.closest("a"));
  for (const picture of pictures) offerEnlarging(picture, pictures);
  body.addEventListener("click", openNote);
  article.querySelectorAll("[data-later]").forEach(startLater);
  article.addEventListener("click", onTool);
  startPlace();
}

start();
