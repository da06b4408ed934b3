// Rows of units that are still empty stay folded until somebody wants one more.
const rows = [...document.querySelectorAll("[data-yg-more]")];
const more = document.querySelector("[data-yg-add]");
const isEmpty = (row) => ![...row.querySelectorAll("select, textarea, input")].some((each) => each.value);
const isWrong = (row) => row.querySelector("[data-wrong]") !== null;

const hidden = () => rows.filter((row) => row.hidden);
const fold = () => {
  rows.forEach((row, place) => (row.hidden = place > 0 && isEmpty(row) && !isWrong(row)));
  more.hidden = hidden().length === 0;
};

more?.addEventListener("click", () => {
  const [next] = hidden();
  next.hidden = false;
  next.querySelector("select").focus();
  more.hidden = hidden().length === 0;
});
if (more) fold();
