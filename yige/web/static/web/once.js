// A double tap sends once: the second submit of a form is swallowed while the first is on its way.
const kept = new WeakMap();

export function guardForms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.ygSending) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    hold(form, event.submitter);
  });
  // Coming back with the back button finds the form ready again.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-yg-sending]")) release(form);
  });
}

export function hold(form, button) {
  form.dataset.ygSending = "1";
  busy(button, true);
}

export function release(form) {
  delete form.dataset.ygSending;
  for (const button of form.querySelectorAll("[aria-busy]")) busy(button, false);
}

function busy(button, on) {
  if (!button) return;
  if (on) {
    button.setAttribute("aria-busy", "true");
    kept.set(button, [...button.childNodes]);
    button.replaceChildren(button.dataset.ygBusy || "正在送出…");
  } else {
    button.removeAttribute("aria-busy");
    if (kept.has(button)) button.replaceChildren(...kept.get(button));
  }
}
