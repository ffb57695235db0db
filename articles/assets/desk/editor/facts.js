/* How long the text is, and how much room the other lines have left. */

const NUMBER = new Intl.NumberFormat("ko");
const SHEET = 200;
const LIMITED = ["title", "dek", "summary_1", "summary_2", "summary_3"];

/* `text` is what readers will see, without marks; the minutes are the server's. */
export function showFacts(editor, { text, minutes }) {
  const box = editor.querySelector(".editor-facts");
  const tidy = text.replace(/\s+/g, " ").trim();
  const whole = lengthOf(tidy);
  const bare = lengthOf(tidy.replaceAll(" ", ""));
  const facts = [
    ["공백 포함", `${NUMBER.format(whole)}자`],
    ["공백 제외", `${NUMBER.format(bare)}자`],
    ["200자 원고지", `${NUMBER.format(Math.ceil(whole / SHEET))}장`],
    ["읽는 시간", whole ? `${minutes}분` : "–"],
  ];
  box.hidden = false;
  box.replaceChildren(...facts.map(([name, value]) => fact(name, value)));
}

function fact(name, value) {
  const made = document.createElement("span");
  const strong = document.createElement("strong");
  strong.textContent = value;
  made.append(`${name} `, strong);
  return made;
}

const lengthOf = (text) => [...text.normalize("NFC")].length;

/* Say below each line how much of its room is taken. */
export function countLines(form) {
  for (const name of LIMITED) {
    const field = form.elements[name];
    if (!(field?.maxLength > 0)) continue;
    const counter = document.createElement("p");
    counter.className = "editor-counter";
    // Read out with the field, not at every key.
    counter.id = `${field.id}-count`;
    field.setAttribute("aria-describedby",
      `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
    field.after(counter);
    const show = () => {
      const length = lengthOf(field.value);
      counter.textContent = `${length} / ${field.maxLength}자`;
      counter.classList.toggle("is-near", length > 0.9 * field.maxLength);
    };
    field.addEventListener("input", show);
    show();
  }
}
