/* Field and preview scroll together: what stands at the top of one stands at the top of the other.

   Where lines of the field begin is measured on a copy of it; between two known places both
   sides move in proportion. */

const COPIED = [
  "fontFamily", "fontSize", "fontWeight", "letterSpacing", "lineHeight", "tabSize",
  "wordBreak", "overflowWrap", "lineBreak", "paddingLeft", "paddingRight", "paddingTop",
];

export function keepInStep(area, frame) {
  const state = { area, frame, anchors: [], measured: "", tops: [], own: new Map() };
  const scroller = () => frame.contentDocument.scrollingElement;
  const follow = (from, to, isField) => {
    const here = from();
    const there = to();
    if (!here || !there || !isShown(state) || isEcho(state, here)) return;
    const pairs = places(state);
    move(state, there, interpolate(pairs, here.scrollTop, isField ? 0 : 1));
  };
  area.addEventListener("scroll", () => follow(() => area, scroller, true), { passive: true });
  const followPage = () => follow(scroller, () => area, false);
  return {
    pageShown(anchors) {
      state.anchors = anchors;
      // The frame's document is written anew once, with the first page.
      frame.contentDocument.removeEventListener("scroll", followPage);
      frame.contentDocument.addEventListener("scroll", followPage, { passive: true });
    },
    toField() {
      if (isShown(state)) move(state, scroller(), interpolate(places(state), area.scrollTop, 0));
    },
    toCaret() {
      const near = nearCaret(state);
      const page = scroller();
      if (near && page) move(state, page, topOf(near, page) - page.clientHeight / 3);
    },
    /* What is being written grows out of sight at the end, where the field need not scroll. */
    keepCaretInSight() {
      const near = document.activeElement === area && isShown(state) && nearCaret(state);
      if (!near) return;
      const page = scroller();
      const { top, bottom } = near.getBoundingClientRect();
      const isOut = bottom < 0 || top > page.clientHeight;
      const isCut = bottom > page.clientHeight && bottom - top < page.clientHeight;
      if (isOut || isCut) move(state, page, topOf(near, page) - page.clientHeight / 3);
    },
  };
}

/* The part of the page that the line with the caret has become. */
function nearCaret({ area, anchors }) {
  const line = area.value.slice(0, area.selectionStart).split("\n").length;
  return anchors.filter((anchor) => anchor.line <= line).at(-1)?.element;
}

const isShown = ({ area, frame }) => area.offsetHeight > 0 && frame.offsetHeight > 0;

/* A scroll that we caused ourselves must not come back as the reader's. */
function isEcho(state, element) {
  const expected = state.own.get(element);
  state.own.delete(element);
  return expected !== undefined && Math.abs(expected - element.scrollTop) < 3;
}

function move(state, element, top) {
  const reachable = element.scrollHeight - element.clientHeight;
  const target = Math.round(Math.max(0, Math.min(top, reachable)));
  if (Math.abs(element.scrollTop - target) < 1) return;
  state.own.set(element, target);
  element.scrollTo({ top: target, behavior: "instant" });
}

/* Pairs of places, top of the field and top of the page, in growing order. */
function places(state) {
  const { area, frame, anchors } = state;
  measure(state);
  const page = frame.contentDocument.scrollingElement;
  const ends = [area.scrollHeight - area.clientHeight, page.scrollHeight - page.clientHeight];
  const pairs = [[0, 0]];
  for (const { line, element } of anchors) {
    const pair = [state.tops[line - 1] ?? 0, topOf(element, page)];
    const last = pairs.at(-1);
    const grows = pair[0] > last[0] && pair[1] > last[1];
    if (grows && pair[0] < ends[0] && pair[1] < ends[1]) pairs.push(pair);
  }
  return [...pairs, ends];
}

const topOf = (element, page) => element.getBoundingClientRect().top + page.scrollTop;

function interpolate(pairs, value, side) {
  const other = 1 - side;
  const after = pairs.findIndex((pair) => pair[side] > value);
  if (after < 0) return pairs.at(-1)[other];
  if (after === 0) return pairs[0][other];
  const [low, high] = [pairs[after - 1], pairs[after]];
  const share = (value - low[side]) / (high[side] - low[side] || 1);
  return low[other] + share * (high[other] - low[other]);
}

/* Find the top of each line, unless text and width are as they were. */
function measure(state) {
  const { area } = state;
  const key = `${area.clientWidth} ${getComputedStyle(area).fontSize} ${area.value}`;
  if (key === state.measured) return;
  state.measured = key;
  const copy = document.createElement("div");
  copy.className = "editor-copy";
  const style = getComputedStyle(area);
  for (const name of COPIED) copy.style[name] = style[name];
  copy.style.width = `${area.clientWidth}px`;
  copy.append(...area.value.split("\n").map((line) => {
    const row = document.createElement("div");
    row.textContent = line || "\u200b";
    return row;
  }));
  area.after(copy);
  const first = copy.firstElementChild.offsetTop;
  state.tops = [...copy.children].map((row) => row.offsetTop - first);
  copy.remove();
}
