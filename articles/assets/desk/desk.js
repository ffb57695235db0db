/* A preview opens beside the article, so it must not lift the warning about unsaved text:
   Unfold lifts it whenever the form is submitted, whichever button did it. */
"use strict";
document.addEventListener(
  "submit",
  (event) => {
    if (event.submitter?.hasAttribute("data-keeps-page")) event.stopImmediatePropagation();
  },
  { capture: true },
);
