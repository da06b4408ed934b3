// What was revealed for a reason does not stay on the screen of somebody who put the phone down or left the desk.

export function hideLater(root) {
  for (const shown of root.querySelectorAll("[data-yg-hide-after]")) {
    setTimeout(() => {
      const said = document.createElement("p");
      said.className = "yg-soft";
      said.textContent = "已自动收起。需要时请重新查看。";
      shown.replaceWith(said);
    }, Number(shown.dataset.ygHideAfter) * 1000);
  }
}
