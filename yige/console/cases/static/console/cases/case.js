// The page of a case: photos open large, chosen photos are made small.
import "../panel.js";
import { photoFields } from "../../web/photos.js";

photoFields(document);
lightbox(document);
document.addEventListener("htmx:afterSwap", ({ target }) => photoFields(target));

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
