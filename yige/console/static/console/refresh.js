// A page that stays true by itself: the marked part is fetched again now and then, quietly. Never while the page is
// hidden, while somebody types, chooses or has marked words in it, never twice for nothing (ETag), and never what
// another address answers (a filter was changed meanwhile). When it cannot, it says so in words.

const LATE = 3 * 60 * 1000;
const TYPED = "input:not([type=hidden]), textarea, select";
const part = document.querySelector("[data-yg-refresh]");
if (part) start(part);

function start(part) {
  const every = Number(part.dataset.ygRefresh) * 1000;
  const said = document.querySelector("[data-yg-refresh-said]");
  let [tag, good, busy] = ["", Date.now(), false];

  async function look(asked = false) {
    if (busy || (!asked && (document.hidden || inUse(part)))) return tell();
    busy = true;
    const address = location.href;
    try {
      const answer = await fetch(address, {
        headers: { "X-Yg-Refresh": "1", ...(tag ? { "If-None-Match": tag } : {}) },
        redirect: "manual",
        signal: AbortSignal.timeout(20_000),
      });
      const words = answer.status === 200 ? await answer.text() : "";
      if (address !== location.href) return; // the part shows something else by now
      if (words && (asked || !inUse(part))) {
        put(part, new DOMParser().parseFromString(words, "text/html").body);
        tag = answer.headers.get("ETag") || "";
        good = Date.now();
      }
      if (answer.status === 304) good = Date.now();
      else if (answer.type === "opaqueredirect") return tell("登录已经到时，点此重新登录");
    } catch {
      // No network for a moment: the next look comes soon, and after a while the page says so.
    } finally {
      busy = false;
    }
    tell();
  }

  function tell(words = "") {
    const minutes = Math.floor((Date.now() - good) / 60_000);
    const late = Date.now() - good >= LATE && !document.hidden;
    const why = inUse(part) ? `您正在选或写，${minutes} 分钟没有更新，点此更新` : `${minutes} 分钟没能更新，点此重试`;
    const sentence = words || (late ? why : "");
    if (said.textContent !== sentence) said.textContent = sentence;
    said.hidden = !sentence;
    said.dataset.login = words ? "1" : "";
  }

  said.addEventListener("click", () => (said.dataset.login ? location.reload() : look(true)));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // What a filter has just brought is not what the last look brought.
  document.addEventListener("htmx:afterSwap", () => ([tag, good] = ["", Date.now()]));
  setInterval(look, every);
}

// Somebody is at it: a field has the focus, a box is ticked, a menu stands open, words are marked.
function inUse(part) {
  const here = document.activeElement;
  return (
    (here.matches(TYPED) && part.contains(here)) ||
    Boolean(part.querySelector("input:checked, [data-yg-menu][open]")) ||
    String(getSelection()).length > 0
  );
}

function put(part, fresh) {
  const { scrollX, scrollY } = window;
  const here = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
  const typed = [...part.querySelectorAll(TYPED)].filter((field) => field.name);
  part.replaceChildren(...fresh.childNodes);
  for (const field of typed) keep(field, part);
  window.htmx?.process(part);
  const again = here && part.querySelector(`[href="${CSS.escape(here)}"]`);
  if (again) again.focus({ preventScroll: true });
  window.scrollTo(scrollX, scrollY);
  part.dispatchEvent(new CustomEvent("yg:refreshed", { bubbles: true }));
}

// What was ticked or typed stays, where the field is still there.
function keep(old, part) {
  const named = [...part.querySelectorAll(`[name="${CSS.escape(old.name)}"]`)];
  if (old.type === "checkbox") {
    const same = named.find((field) => field.value === old.value);
    if (same) same.checked = old.checked;
  } else if (named[0] && old.value !== old.defaultValue) {
    named[0].value = old.value;
    const menu = named[0].closest("details");
    if (menu) menu.open = true;
  }
}
