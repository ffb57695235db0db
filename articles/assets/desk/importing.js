/* Presses the buttons of an import: an upload's limits are told before it is sent, and a step
   follows the other while the page is open. Without this script the buttons do the same. */

const BUSY_WAIT = 3000;
const PANEL = "[data-import-progress]";

const watchUpload = (form) => {
  const field = form.elements.files;
  const list = form.querySelector(".import-chosen");
  const drop = form.querySelector(".import-drop");
  const most = Number(form.dataset.maxBytes);
  const mostFiles = Number(form.dataset.maxFiles);

  const tell = (text, isFault) => {
    const item = document.createElement("li");
    item.textContent = text;
    if (isFault) item.className = "desk-fault";
    list.append(item);
  };

  const show = () => {
    list.replaceChildren();
    const files = [...field.files];
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    let fault = "";
    if (files.length > mostFiles) {
      fault = `한 번에 파일 ${mostFiles}개까지 올릴 수 있습니다. 많으면 zip 하나로 묶어 주세요.`;
    } else if (bytes > most) {
      fault = `모두 ${Math.ceil(bytes / 1e6)}MB입니다. ${most / 1e6}MB까지 올릴 수 있습니다.`;
    }
    if (fault) tell(fault, true);
    for (const file of files.slice(0, 20)) tell(`${file.name} · ${sized(file.size)}`, false);
    if (files.length > 20) tell(`외 ${files.length - 20}개`, false);
    field.setCustomValidity(fault);
  };

  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        field.files = event.dataTransfer.files;
        show();
      }
    });
  }
  field.addEventListener("change", show);
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    button.textContent = "올리는 중입니다…";
    button.setAttribute("aria-disabled", "true");
  });
};

const sized = (bytes) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))}kB` : `${(bytes / 1e6).toFixed(1)}MB`;

const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

/* Asks for step after step; the panel of each answer takes the place of the last one. */
const goOn = async () => {
  for (;;) {
    const panel = document.querySelector(PANEL);
    const form = panel?.querySelector("form");
    if (!form) return;
    const button = form.querySelector("[name=step]");
    button.textContent = "이어서 하는 중입니다…";
    const sent = new FormData(form);
    sent.set("step", "1");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: sent });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.statusText);
    } catch {
      // The server is away or has something to say: the button asks again, in sight.
      button.textContent = "계속하기";
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector(PANEL);
    if (!next) {
      window.location.reload();
      return;
    }
    panel.replaceWith(next);
    if (answer.status === 409) await wait(BUSY_WAIT);
  }
};

const upload = document.querySelector("[data-import-upload]");
if (upload) watchUpload(upload);
if (document.querySelector(PANEL)) goOn();
