// The list by keyboard: j and k or the arrows go from row to row, Enter opens; boxes are counted.
import { release } from "../web/once.js";

const list = document.querySelector("[data-yg-rows]");
if (list) {
  document.addEventListener("keydown", (event) => move(list, event));
  list.addEventListener("change", () => count(list));
  for (const kind of ["htmx:afterSwap", "yg:refreshed"]) document.addEventListener(kind, () => count(list));
  // A download leaves the page where it is: its button works again after a moment.
  document.addEventListener("submit", (event) => {
    if ("ygAgain" in event.target.dataset) setTimeout(() => release(event.target), 3000);
  });
  count(list);
}

export function move(root, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step) {
    const rows = [...root.querySelectorAll("[data-yg-row]")];
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.closest("tr").contains(document.activeElement));
    event.preventDefault();
    rows[Math.min(Math.max(here + step, 0), rows.length - 1)].focus();
  }
  if (event.key === "x") document.activeElement?.closest?.("tr")?.querySelector("input[type=checkbox]")?.click();
}

export function count(root) {
  const boxes = [...root.querySelectorAll("tbody input[type=checkbox]")];
  const picked = boxes.filter((box) => box.checked).length;
  const said = root.querySelector("[data-yg-picked]");
  const all = root.querySelector("[data-yg-all]");
  if (said) said.textContent = picked ? `选中 ${picked} 件：` : "选中几件，一起办：";
  for (const button of root.querySelectorAll("[formaction]")) button.disabled = !picked;
  if (!all) return;
  all.hidden = false;
  all.checked = picked > 0 && picked === boxes.length;
  all.indeterminate = picked > 0 && picked < boxes.length;
  all.onclick = () => {
    for (const box of boxes) box.checked = all.checked;
    count(root);
  };
}
