// A page that stays true by itself: the marked part is fetched again now and then, quietly. Never while the page is
// hidden, while somebody types, chooses or has marked words in it, never twice for nothing (ETag), and never what
// another address answers (a filter was changed meanwhile). When it cannot, it says so in words. Of tiles only those
// that changed are put anew; each says of which moment it is, as the server counts, and all say when they are old.

const LATE = 3 * 60 * 1000;
const TYPED = "input:not([type=hidden]), textarea, select";
const part = document.querySelector("[data-yg-refresh]");
if (part) start(part);

function start(part) {
  const every = Number(part.dataset.ygRefresh) * 1000;
  const said = document.querySelector("[data-yg-refresh-said]");
  const after = Number(part.dataset.ygRefreshLate) * 1000 || LATE;
  // Not by the clock on the wall, which may be wrong and may be set.
  let [tag, good, busy, lost] = ["", performance.now(), false, false];

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
      lost = false;
      if (address !== location.href) return; // the part shows something else by now
      stamp(part, answer.headers.get("X-Yg-Moment"));
      if (words && (asked || !inUse(part))) {
        put(part, new DOMParser().parseFromString(words, "text/html").body);
        tag = answer.headers.get("ETag") || "";
        good = performance.now();
      }
      if (answer.status === 304) good = performance.now();
      else if (answer.type === "opaqueredirect") return tell("登录已经到时，点此重新登录");
    } catch {
      lost = true; // for a moment only: the next look comes soon, and after a while the page says so
    } finally {
      busy = false;
    }
    tell();
  }

  function tell(words = "") {
    const age = performance.now() - good;
    const minutes = Math.floor(age / 60_000) || "不到 1";
    const late = age >= after && !document.hidden;
    const cut = lost && part.dataset.ygRefreshLate ? "网络断了，" : "";
    const failed = `${cut}${minutes} 分钟没能更新，点此重试`;
    const why = inUse(part) ? `您正在选或写，${minutes} 分钟没有更新，点此更新` : failed;
    part.toggleAttribute("data-yg-old", Boolean(words || late));
    const sentence = words || (late ? why : "");
    if (said.textContent !== sentence) said.textContent = sentence;
    said.hidden = !sentence;
    said.dataset.login = words ? "1" : "";
  }

  said.addEventListener("click", () => (said.dataset.login ? location.reload() : look(true)));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // What a filter has just brought is not what the last look brought.
  document.addEventListener("htmx:afterSwap", () => ([tag, good] = ["", performance.now()]));
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

// Every answer says its moment, also the one that nothing is new.
function stamp(part, moment) {
  if (moment) for (const time of part.querySelectorAll("[data-yg-moment]")) time.textContent = moment;
}

function put(part, fresh) {
  const tiles = part.querySelectorAll("[data-yg-tile]");
  const news = fresh.querySelectorAll("[data-yg-tile]");
  if (tiles.length && tiles.length === news.length) putTiles(tiles, news);
  else putAll(part, fresh);
}

function putTiles(tiles, news) {
  for (const [place, tile] of tiles.entries()) {
    if (tile.isEqualNode(news[place])) continue;
    const here = tile.contains(document.activeElement) && document.activeElement.getAttribute("href");
    tile.replaceWith(news[place]);
    if (here) news[place].querySelector(`[href="${CSS.escape(here)}"]`)?.focus({ preventScroll: true });
  }
}

function putAll(part, fresh) {
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
