// What every residents' page has: one tap sends once, links can be copied, a typed text survives.
import { guardForms } from "./once.js";
import { copyButtons } from "./copy.js";
import { keepDrafts } from "./draft.js";
import { photoFields } from "./photos.js";
import { sendCarefully } from "./send.js";

document.documentElement.setAttribute("data-yg-ready", "");
keepDrafts(document);
photoFields(document);
copyButtons(document);
guardForms(document);
sendCarefully(document);
for (const button of document.querySelectorAll("[data-yg-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
