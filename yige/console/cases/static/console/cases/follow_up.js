// The call-back form: the three questions only when somebody was reached; the number goes away by itself.

export function askWhenReached(form) {
  const asked = form.querySelector("[data-yg-reached]");
  const show = () => {
    const said = form.querySelector('[name="reached"]:checked');
    asked.hidden = Boolean(said && said.value === "no");
  };
  form.addEventListener("change", show);
  show();
}

export function hideLater(shown) {
  setTimeout(() => shown.replaceChildren("号码已收起，要看请再点一次。"), Number(shown.dataset.ygHideAfter) * 1000);
}

document.querySelectorAll("[data-yg-call]").forEach(askWhenReached);
document.querySelectorAll("[data-yg-hide-after]").forEach(hideLater);
