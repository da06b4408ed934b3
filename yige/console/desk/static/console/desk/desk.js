// A page that stays true by itself: the marked part is fetched again now and then, quietly. Never while the page is
// hidden, while somebody types in it or has marked words, never twice for nothing (ETag); when it cannot, it says
// so in words.

const LATE = 3 * 60 * 1000;
const part = document.querySelector("[data-yg-refresh]");
if (part) start(part);

function start(part) {
  const every = Number(part.dataset.ygRefresh) * 1000;
  const said = document.querySelector("[data-yg-refresh-said]");
  let tag = part.dataset.ygTag || "";
  let good = Date.now();
  let busy = false;

  async function look(asked = false) {
    if (busy || (!asked && (document.hidden || inUse(part)))) return tell();
    busy = true;
    try {
      const answer = await fetch(location.href, {
        headers: { "X-Yg-Refresh": "1", ...(tag ? { "If-None-Match": tag } : {}) },
        redirect: "manual",
        signal: AbortSignal.timeout(20_000),
      });
      if (answer.status === 200) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
        if (asked || !inUse(part)) {
          put(part, fresh);
          tag = answer.headers.get("ETag") || "";
        }
      }
      if (answer.status === 200 || answer.status === 304) good = Date.now();
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
    const sentence = words || (late ? `${minutes} 分钟没能更新，点此重试` : "");
    if (said.textContent !== sentence) said.textContent = sentence;
    said.hidden = !sentence;
    said.dataset.login = words ? "1" : "";
  }

  said.addEventListener("click", () => (said.dataset.login ? location.reload() : look(true)));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(look, every);
}

function inUse(part) {
  const here = document.activeElement;
  return (here.matches("input, textarea, select") && part.contains(here)) || String(getSelection()).length > 0;
}

function put(part, fresh) {
  const { scrollX, scrollY } = window;
  const here = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
  part.replaceChildren(...fresh.childNodes);
  const again = here && part.querySelector(`[href="${CSS.escape(here)}"]`);
  if (again) again.focus({ preventScroll: true });
  window.scrollTo(scrollX, scrollY);
}
