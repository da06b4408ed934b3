// A button that copies the text of the element it names in data-yg-copy, and says that it did.

export function copyButtons(root) {
  for (const button of root.querySelectorAll("[data-yg-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button, root));
  }
}

async function copy(button, root) {
  const source = root.querySelector(button.dataset.ygCopy);
  const done = (await byClipboard(source.textContent.trim())) || bySelection(source);
  const words = [...button.childNodes];
  button.replaceChildren(done ? "已复制" : "请长按文字复制");
  setTimeout(() => button.replaceChildren(...words), 2500);
}

async function byClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no https, or an app's browser that does not allow it
  }
}

function bySelection(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
