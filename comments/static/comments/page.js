/* The part of the page that holds the discussion, and what pages are made of. */

export const SECTION = document.querySelector("[data-discussion]");
export const SECOND = 1000;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export function button(label, press) {
  const made = element("button", { type: "button", class: "link-button" }, label);
  made.addEventListener("click", press);
  return made;
}

export const speaker = element("p", { class: "visually-hidden", role: "status" });

export function announce(text) {
  speaker.textContent = "";
  setTimeout(() => { speaker.textContent = text; }, 50);
}
