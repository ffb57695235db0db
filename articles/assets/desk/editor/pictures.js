/* Pictures: described before anything is sent, shown by a placeholder while they are sent. */

import { whenComposed } from "./composition.js";
import { ask, showReason } from "./dialogs.js";
import { apply, applyAside } from "./field.js";
import { besideLine, withoutBlock } from "./lines.js";

const KINDS = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const MAX_BYTES = 20 * 1024 * 1024;

let count = 0;

export const picturesIn = (transfer) =>
  [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/* Ask for the words of each file in turn and put it into the text at the caret. */
export async function takeFiles(editor, area, files) {
  const reasons = [];
  for (const file of files) {
    const reason = reasonAgainst(file) || await takeFile(editor, area, file);
    if (reason) reasons.push(`${file.name}: ${reason}`);
  }
  say(editor, reasons.join(" "));
}

const reasonAgainst = (file) => {
  if (!KINDS.includes(file.type)) return "JPEG, PNG, WebP, GIF만 넣을 수 있습니다.";
  return file.size > MAX_BYTES ? "20MB까지 올릴 수 있습니다." : "";
};

async function takeFile(editor, area, file) {
  const caret = area.selectionEnd;
  const words = await describe(editor, { source: await readAsAddress(file), name: file.name });
  area.focus();
  if (!words) return "";
  await whenComposed();
  count += 1;
  const placeholder = `![올리는 중…](uploading-${count})`;
  apply(area, besideLine(area.value, caret, placeholder));
  say(editor, `${file.name} 올리는 중…`);
  const { address, reason } = await send(editor, file, words);
  await whenComposed();
  const place = area.value.indexOf(placeholder);
  // Whoever deletes the placeholder does not want the picture.
  if (place >= 0) {
    const end = place + placeholder.length;
    applyAside(area, address
      ? { start: place, end, text: markdownOf(address, words) }
      : withoutBlock(area.value, place, end));
  }
  return reason;
}

async function send(editor, file, words) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", editor.closest("form").elements.csrfmiddlewaretoken.value);
  data.set("upload", file);
  data.set("alt", words.alt);
  data.set("caption", words.caption);
  try {
    const response = await fetch(editor.dataset.takePicture, { method: "POST", body: data });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) return await response.json();
    return { reason: refusals[response.status] ?? "올리지 못했습니다. 다시 해 주세요." };
  } catch {
    return { reason: "서버에 닿지 못했습니다. 연결을 확인하고 다시 해 주세요." };
  }
}

const refusals = {
  403: "그림을 올릴 권한이 없거나 로그인이 끝났습니다.",
  413: "파일이 너무 큽니다.",
};

/* Ask for alternative text and caption; null when the picture is not wanted after all. */
async function describe(editor, { source, name = "", alt = "", caption = "" }) {
  const answer = await ask(editor, "picture", {
    prepare: (dialog) => {
      const { elements } = dialog.querySelector("form");
      dialog.querySelector(".dialog-picture").src = source;
      dialog.querySelector("[data-file-name]").textContent = name;
      elements.alt.value = alt;
      elements.caption.value = caption;
      elements.decorative.addEventListener("change", () => {
        elements.alt.disabled = elements.decorative.checked;
        showReason(dialog, "");
      });
    },
    refuse: ({ elements }) => (elements.alt.value.trim() || elements.decorative.checked
      ? "" : "대체 텍스트를 쓰거나, 뜻이 없는 그림이면 장식 그림으로 표시해 주세요."),
  });
  if (!answer) return null;
  const isDecorative = answer.has("decorative");
  return {
    alt: isDecorative ? "" : oneLine(answer.get("alt")),
    caption: oneLine(answer.get("caption")),
    isDecorative,
  };
}

const oneLine = (text) => text.trim().replace(/\s+/g, " ");

/* The line that shows the picture, as the renderer reads it. */
function markdownOf(address, { alt, caption, isDecorative }) {
  const label = alt.replace(/[[\]\\]/g, "\\$&");
  const title = caption && ` ${quoted(caption)}`;
  return `![${label}](${address}${title})${isDecorative ? "{: .decorative}" : ""}`;
}

function quoted(caption) {
  if (!caption.includes('"')) return `"${caption}"`;
  return caption.includes("'") ? `"${caption.replaceAll('"', "”")}"` : `'${caption}'`;
}

function readAsAddress(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => resolve(""));
    reader.readAsDataURL(file);
  });
}

function say(editor, text) {
  editor.querySelector(".editor-status").textContent = text;
}

/* A picture that is already in the library, described for this place. */
export async function insertKnown(editor, area, caret, known) {
  const words = await describe(editor, known);
  area.focus();
  if (!words) return;
  await whenComposed();
  apply(area, besideLine(area.value, caret, markdownOf(known.address, words)));
}
