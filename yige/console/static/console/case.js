// The page of a case: photos open large, contacts close again, chosen photos are made small.
import { hideLater } from "../web/hide.js";
import { photoFields } from "../web/photos.js";

photoFields(document);
hideLater(document);
lightbox(document);
document.addEventListener("htmx:afterSwap", (event) => {
  photoFields(event.target);
  hideLater(event.target);
  event.target.querySelector("h2")?.scrollIntoView({ block: "nearest" });
  event.target.querySelector("select, textarea, input:not([type=hidden])")?.focus();
});

export function lightbox(root) {
  const dialog = root.querySelector("[data-yg-lightbox-dialog]");
  if (!dialog?.showModal) return;
  for (const link of root.querySelectorAll("[data-yg-lightbox] a")) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const picture = dialog.querySelector("img");
      picture.src = link.href;
      picture.alt = link.querySelector("img").alt;
      dialog.showModal();
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
