// Whom to call, said while somebody types: the page's own table is read here, and no word leaves the page for it.

export function hear(text, { traditional, simple, dangers }) {
  const plain = [...text.normalize("NFKC").toLowerCase()]
    .filter((sign) => sign !== " ")
    .map((sign) => (traditional.includes(sign) ? simple[traditional.indexOf(sign)] : sign))
    .join("");
  return dangers.filter((danger) => speaksOf(plain, danger)).map((danger) => danger.kind);
}

function speaksOf(plain, { signs, unless }) {
  const excused = unless ? spans(plain, unless) : [];
  const lies = (span) => excused.some((other) => other[0] < span[1] && span[0] < other[1]);
  return spans(plain, signs).some((span) => !lies(span));
}

function spans(plain, pattern) {
  return [...plain.matchAll(new RegExp(pattern, "g"))].map((found) => [found.index, found.index + found[0].length]);
}

// One table and one set of notes stand on a page: they move under the field that somebody types in.
const box = document.querySelector("[data-yg-danger]");
if (box) start(box);

function start(box) {
  const table = JSON.parse(document.getElementById("danger-words").textContent);
  table.traditional = [...table.traditional];
  table.simple = [...table.simple];
  let waiting = null;
  const look = (field) => {
    const kinds = hear(field.value, table);
    const under = field.closest(".yg-field") || field;
    if (kinds.length && under.nextElementSibling !== box) under.after(box);
    for (const note of box.querySelectorAll("[data-yg-danger-kind]")) {
      note.hidden = !kinds.includes(note.dataset.ygDangerKind);
    }
  };
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea")) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 300, target);
  });
  const typed = [...document.querySelectorAll("form textarea")].find((field) => field.value);
  if (typed) look(typed);
}
