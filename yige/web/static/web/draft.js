// Keeps what is being typed until it has been sent. It lives in sessionStorage, so it ends with the tab,
// and nothing marked data-yg-private (a phone number) is ever written there. A form that is sent carefully keeps its
// key too: what may have been sent before a page was lost is the same sending when it is sent again.
import { forgetPhotos } from "./photo_drafts.js";

export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-yg-draft]")) keep(form);
  for (const sent of root.querySelectorAll("[data-yg-draft-sent]")) forget(sent.dataset.ygDraftSent);
}

const KEY = "(key)";

function keep(form) {
  const name = slot(form.dataset.ygDraft);
  restore(form, read(name));
  let waiting = null;
  const save = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => write(name, typed(form)), 400);
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
}

function fields(form) {
  const left = ["hidden", "file", "password", "submit"];
  return [...form.elements].filter(
    (field) => field.name && !left.includes(field.type) && !("ygPrivate" in field.dataset),
  );
}

function typed(form) {
  const draft = "ygSend" in form.dataset ? { [KEY]: form.elements.key.value } : {};
  for (const field of fields(form)) {
    if (["radio", "checkbox"].includes(field.type)) {
      if (field.checked) draft[field.name] = field.value;
    } else if (field.value) draft[field.name] = field.value;
  }
  return draft;
}

// What the server sent back after an error is newer than the draft: only empty fields are filled.
function restore(form, draft) {
  if (draft[KEY] && "ygFresh" in form.dataset) form.elements.key.value = draft[KEY];
  for (const field of fields(form)) {
    const said = draft[field.name];
    if (said === undefined) continue;
    if (["radio", "checkbox"].includes(field.type)) {
      const chosen = [...form.elements].some((other) => other.name === field.name && other.checked);
      if (chosen || field.value !== said) continue;
      field.checked = true;
      if (field.closest("details")) field.closest("details").open = true;
    } else if (!field.value) field.value = said;
  }
}

function slot(name) {
  return `yg-draft:${name}`;
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) || {};
  } catch {
    return {};
  }
}

function write(name, draft) {
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the form still works, it only forgets.
  }
}

function forget(name) {
  forgetPhotos(name);
  try {
    sessionStorage.removeItem(slot(name));
  } catch {
    // Nothing was kept.
  }
}
