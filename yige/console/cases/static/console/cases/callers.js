// A phone typed into the search of the list goes out by the form of callers: never into an address or a history.
const search = document.querySelector("form[role=search] [data-yg-search]");
const way = document.querySelector("[data-yg-callers]");
if (search && way) {
  const form = search.closest("form");
  for (const kind of ["change", "submit"]) form.addEventListener(kind, (event) => divert(event, search, way), true);
}

export function divert(event, typed, callers) {
  if (!isPhone(typed.value)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  callers.elements.q.value = typed.value;
  typed.value = "";
  callers.requestSubmit();
}

export function isPhone(text) {
  const plain = text.normalize("NFKC").trim();
  if (/[^+0-9 ()-]/.test(plain)) return false;
  const digits = plain.replace(/[^0-9]/g, "").replace(/^(0086|86(?=1[3-9]\d{9}$))/, "");
  return /^0?1[3-9]\d{9}$/.test(digits) || /^0[1-9]\d{8,10}$/.test(digits);
}
