/* Copies an address that is shown once. Without this script it can be selected and copied. */

const button = document.querySelector("[data-copy]");
const source = document.querySelector("[data-copy-source]");

if (button && source) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
      button.textContent = "복사했습니다";
    } catch {
      // The address is selected: the keyboard copies it.
      button.textContent = "복사하지 못했습니다";
    }
  });
}
