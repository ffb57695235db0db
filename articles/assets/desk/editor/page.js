/* The page inside the preview's frame: written once, then changed only where it differs, so that
   nothing flickers and the reader's place is kept. */

const LINE = /^source-line-(\d+)$/;

/* Show the document that the server rendered; return the elements whose source lines are known. */
export function showPage(frame, fresh) {
  const main = fresh.querySelector("main");
  const lines = takeLines(main);
  const page = frame.contentDocument;
  const shown = page.querySelector("main");
  if (shown) patch(shown, main);
  else write(page, fresh.head.innerHTML, main);
  return anchors(main, page.querySelector("main"), lines);
}

/* Lines move whenever one is added above, so they must not count as a difference. */
function takeLines(main) {
  const lines = new Map();
  for (const element of main.querySelectorAll("[class*='source-line-']")) {
    for (const name of [...element.classList]) {
      const line = LINE.exec(name)?.[1];
      if (!line) continue;
      lines.set(element, Number(line));
      element.classList.remove(name);
    }
    if (!element.className) element.removeAttribute("class");
  }
  return lines;
}

function write(page, head, main) {
  // Written, since a document made otherwise would be laid out by the rules of 1998.
  page.open();
  page.write("<!DOCTYPE html><html lang='ko'><head></head><body></body></html>");
  page.close();
  page.head.innerHTML = head;
  page.body.replaceChildren(page.importNode(main, true));
  page.addEventListener("click", stay);
}

/* Links open elsewhere: the frame is for this article alone. */
function stay(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  if (href.startsWith("#")) {
    link.ownerDocument.getElementById(decodeURIComponent(href.slice(1)))?.scrollIntoView();
  } else window.open(link.href, "_blank", "noopener");
}

function patch(shown, fresh) {
  const [old, next] = [[...shown.childNodes], [...fresh.childNodes]];
  let from = 0;
  while (from < old.length && from < next.length && old[from].isEqualNode(next[from])) from += 1;
  let [end, nextEnd] = [old.length, next.length];
  while (end > from && nextEnd > from && old[end - 1].isEqualNode(next[nextEnd - 1])) {
    end -= 1;
    nextEnd -= 1;
  }
  const [gone, come] = [old.slice(from, end), next.slice(from, nextEnd)];
  if (gone.length === come.length && gone.every((node, index) => isAlike(node, come[index]))) {
    gone.forEach((node, index) => update(node, come[index]));
    return;
  }
  const before = old[end] ?? null;
  gone.forEach((node) => node.remove());
  come.forEach((node) => shown.insertBefore(shown.ownerDocument.importNode(node, true), before));
}

const CONTAINERS = new Set(["ARTICLE", "DIV", "SECTION", "ASIDE", "HEADER", "UL", "OL", "BLOCKQUOTE"]);

const isAlike = (node, other) =>
  node.isEqualNode(other)
  || (CONTAINERS.has(node.tagName) && node.tagName === other.tagName
    && node.cloneNode().isEqualNode(other.cloneNode()));

function update(node, other) {
  if (!node.isEqualNode(other)) patch(node, other);
}

/* Both trees are equal now, so that elements correspond by their order. */
function anchors(fresh, shown, lines) {
  const elements = shown.querySelectorAll("*");
  return [...fresh.querySelectorAll("*")]
    .map((element, index) => ({ line: lines.get(element), element: elements[index] }))
    .filter(({ line }) => line !== undefined);
}
