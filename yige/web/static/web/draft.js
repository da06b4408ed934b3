// Keeps what is being typed until it has been sent; where, and for how long, says draft_stores.js. Nothing marked
// data-yg-private (a phone number) is ever kept. A form that is sent carefully keeps its key too: what may have been
// sent before a page was lost is the same sending when it is sent again.
import { forgetOldDrafts, forgetStaffDrafts, storeOf, tabStore } from "./draft_stores.js";
import { forgetPhotos } from "./photo_drafts.js";

const KEY = "(key)";
const PUT_BACK = "您上次写了没有送出的，已经放回来了。";
const watched = new WeakSet();

export function keepDrafts(root) {
  if (root === document) begin();
  for (const sent of root.querySelectorAll("[data-yg-draft-sent]")) forget(sent.dataset.ygDraftSent);
  for (const form of root.querySelectorAll("form[method=post]")) {
    const store = watched.has(form) ? null : storeOf(form);
    if (store) keep(form, store);
  }
}

function begin() {
  forgetOldDrafts();
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[action='/accounts/logout/']")) forgetStaffDrafts();
  });
}

async function keep(form, store) {
  watched.add(form);
  let waiting = null;
  const save = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => quietly(() => store.write(typed(form))), 400);
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  const draft = await quietly(store.read);
  if (draft && restore(form, draft) && store.isStaff) sayIt(form, store);
}

// A full or forbidden store, or a seal that was broken: the form still works, it only forgets.
async function quietly(act) {
  try {
    return await act();
  } catch {
    return undefined;
  }
}

function fields(form) {
  const left = ["hidden", "file", "password", "submit", "button", "tel"];
  return [...form.elements].filter(
    (field) =>
      field.name && !left.includes(field.type) && field.inputMode !== "tel" && !("ygPrivate" in field.dataset),
  );
}

// What stood on the page already is no draft, unless the server gave back what was typed.
function typed(form) {
  const draft = "ygSend" in form.dataset ? { [KEY]: form.elements.key.value } : {};
  const all = isAnswer(form);
  for (const field of fields(form)) {
    if (!all && isAsShown(field)) continue;
    if (!isTick(field)) {
      if (field.value || !all) draft[field.name] = field.value;
    } else if (field.checked) draft[nameOf(field)] = field.value;
  }
  return draft;
}

function isAnswer(form) {
  return Boolean(document.querySelector("#summary") || form.querySelector("[data-wrong], [aria-invalid=true]"));
}

function isTick(field) {
  return ["radio", "checkbox"].includes(field.type);
}

function nameOf(field) {
  return isTick(field) ? `${field.name}=${field.value}` : field.name;
}

function isAsShown(field) {
  if (isTick(field)) return field.checked === field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value === field.defaultValue;
  const shown = [...field.options].find((option) => option.defaultSelected) || field.options[0];
  return field.value === (shown?.value ?? "");
}

// What the server sent back after an error is newer than the draft: only empty fields are filled. Says whether one was.
function restore(form, draft) {
  if (draft[KEY] && "ygFresh" in form.dataset) form.elements.key.value = draft[KEY];
  const answer = isAnswer(form);
  const missing = fields(form).filter((field) => isMissing(form, field, draft[nameOf(field)], answer));
  for (const field of missing) {
    if (isTick(field)) field.checked = true;
    else field.value = draft[field.name];
    if (field.closest("details")) field.closest("details").open = true;
  }
  return missing.length > 0;
}

function isMissing(form, field, said, answer) {
  if (said === undefined) return false;
  if (!isTick(field)) return answer ? !field.value : isAsShown(field) && field.value !== said;
  if (field.checked) return false;
  if (field.type === "checkbox") return answer || isAsShown(field);
  const others = [...form.elements].filter((other) => other.name === field.name);
  return answer ? !others.some((other) => other.checked) : others.every(isAsShown);
}

function sayIt(form, store) {
  const note = Object.assign(document.createElement("div"), { className: "yg-note yg-note_draft", role: "status" });
  const words = Object.assign(document.createElement("p"), { textContent: PUT_BACK });
  const away = Object.assign(document.createElement("button"), { type: "button", textContent: "不要了" });
  away.className = "btn weui-btn weui-btn_default weui-btn_mini";
  away.addEventListener("click", () => {
    store.drop();
    form.reset();
    note.remove();
  });
  note.append(words, away);
  form.prepend(note);
}

function forget(name) {
  forgetPhotos(name);
  quietly(async () => tabStore(`yg-draft:${name}`).drop());
}
