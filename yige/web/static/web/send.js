// Sends a form without leaving its page: a dead network loses nothing, and “send again” is the same sending,
// by its key.
// Without this module the browser sends the form itself.
import { hold, release } from "./once.js";

const PATIENCE = 60_000; // milliseconds; a photo over a bad network takes its time
const NO_NETWORK = "网络断了，还没有送出。您写的和照片都还在；网络好了，再点一次“再送一次”。";
const BACK = "网络好了，请点“再送一次”。";
const BUSY = "没有送出去，系统正忙。您写的和照片都还在，请过一会儿再点“再送一次”。";

export function sendCarefully(root) {
  for (const form of root.querySelectorAll("form[data-yg-send]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      if (!form.dataset.ygSending) send(form, event.submitter);
    });
  }
}

async function send(form, button) {
  hold(form, button);
  say(form, "");
  const stop = new AbortController();
  const waiting = setTimeout(() => stop.abort(), PATIENCE);
  let words = NO_NETWORK;
  try {
    const headers = { "X-Yige-Send": "1" };
    const body = contents(form, button);
    const answer = await fetch(form.action, { method: "POST", headers, body, signal: stop.signal });
    const next = answer.headers.get("X-Yige-Next");
    if (next) {
      location.replace(next); // the page of the form is left for good: “back” never leads to what was sent
      return;
    }
    words = await sentence(answer);
  } catch {
    window.addEventListener("online", () => say(form, BACK), { once: true });
  } finally {
    clearTimeout(waiting);
  }
  release(form);
  button?.replaceChildren("再送一次");
  say(form, words);
}

function contents(form, button) {
  const all = new FormData(form);
  if (button?.name) all.append(button.name, button.value);
  return all;
}

async function sentence(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.status >= 500) return BUSY;
  const listed = page.querySelectorAll("#summary li");
  const found = listed.length ? listed : page.querySelectorAll("main [role=alert] p, main .yg-field__error");
  const said = new Set([...found].map((one) => one.textContent.trim().replace(/\s+/g, " ")));
  return said.size ? [...said].join(" ") : BUSY;
}

function say(form, words) {
  let note = form.querySelector("[data-yg-send-said]");
  if (!note) {
    note = document.createElement("p");
    note.className = "yg-note";
    note.dataset.tone = "bad";
    note.dataset.ygSendSaid = "";
    note.setAttribute("role", "alert");
    note.tabIndex = -1;
    const last = form.querySelector(".yg-send");
    if (last) last.before(note);
    else form.append(note);
  }
  note.hidden = !words;
  note.textContent = words;
  if (words) note.focus();
}
