// What every page of the desk has: one click sends once, menus close, the search answers to a key.
import { guardForms, release } from "./once.js";
import { copyButtons } from "./copy.js";
import { keepDrafts } from "./draft.js";

copyButtons(document);
keepDrafts(document);
guardForms(document);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) release(form);
});
for (const kind of ["htmx:afterSwap", "yg:refreshed"]) {
  document.addEventListener(kind, (event) => {
    copyButtons(event.target);
    keepDrafts(event.target);
  });
}
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-yg-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("[data-yg-menu][open]")) menu.open = false;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing) {
    const search = document.querySelector("[data-yg-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
for (const button of document.querySelectorAll("[data-yg-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
