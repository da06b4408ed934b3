// A panel that came in without a new page: it is scrolled to, its first field waits, a number in it goes away again.
import { hideLater } from "../web/hide.js";

hideLater(document);
document.addEventListener("htmx:afterSwap", ({ target }) => {
  hideLater(target);
  target.querySelector("h2")?.scrollIntoView({ block: "nearest" });
  target.querySelector("select, textarea, input:not([type=hidden])")?.focus();
});
