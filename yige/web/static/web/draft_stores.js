// Where drafts lie. What residents type stays in the tab, as their phone may be somebody else's too. What staff type
// outlives the tab for a day, sealed with a key that the server gives to its person alone; it is forgotten when it was
// sent, at the log-out, and as soon as somebody else works here.
const STAFF = "yg-staff-draft:";
const HOURS = 24;
const SENT = "yg-sent"; // the cookie that names the form which the server has just taken
const { ygPerson: person, ygDraftKey: secret } = document.body.dataset;

export function storeOf(form) {
  if (form.dataset.ygDraft) return tabStore(`yg-draft:${form.dataset.ygDraft}`);
  if (!person || "ygNoDraft" in form.dataset) return null;
  if (!("ygKeep" in form.dataset || form.querySelector("textarea"))) return null;
  const name = slot(form.getAttribute("action") || location.href);
  return globalThis.crypto?.subtle ? sealedStore(name) : tabStore(name);
}

function slot(address) {
  const url = new URL(address, location.href);
  url.searchParams.delete("refused");
  return `${STAFF}${person}:${url.pathname}${url.search}`;
}

export function tabStore(name) {
  return {
    read: async () => JSON.parse(sessionStorage.getItem(name)) || {},
    write: async (draft) => sessionStorage.setItem(name, JSON.stringify(draft)),
    drop: () => sessionStorage.removeItem(name),
  };
}

function sealedStore(name) {
  const drop = () => localStorage.removeItem(name);
  const read = async () => {
    const lies = JSON.parse(localStorage.getItem(name));
    if (!lies) return {};
    const plain = await crypto.subtle.decrypt(way(name, unpack(lies.iv)), await key(), unpack(lies.sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  };
  const write = async (draft) => {
    if (!Object.keys(draft).length) return drop();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(draft));
    const sealed = await crypto.subtle.encrypt(way(name, iv), await key(), plain);
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), iv: pack(iv), sealed: pack(sealed) }));
  };
  return { read, write, drop, isStaff: true };
}

function way(name, iv) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
}

async function key() {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return crypto.subtle.importKey("raw", digest, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function pack(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function unpack(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

// ── what goes, and when ──

export function forgetOldDrafts() {
  try {
    if (!person) return;
    forgetSent();
    for (const name of staffDrafts()) if (!name.startsWith(`${STAFF}${person}:`) || isOld(name)) forget(name);
  } catch {
    // A forbidden store: nothing was kept.
  }
}

export function forgetStaffDrafts() {
  for (const name of staffDrafts()) forget(name);
}

// A form that came back filled in, to be looked at again, is not done with.
function forgetSent() {
  const found = document.cookie.match(new RegExp(`(?:^|; )${SENT}=([^;]*)`));
  if (!found) return;
  document.cookie = `${SENT}=; path=/; max-age=0`;
  const name = slot(decodeURIComponent(found[1]));
  const here = [...document.querySelectorAll("form[method=post]")];
  const same = here.filter((form) => slot(form.getAttribute("action") || location.href) === name);
  const filled = same.some((form) => [...form.querySelectorAll("textarea")].some((area) => area.defaultValue));
  if (!filled) forget(name);
}

function staffDrafts() {
  return [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => name.startsWith(STAFF));
}

function isOld(name) {
  const lies = localStorage.getItem(name);
  return lies !== null && !(Date.now() - JSON.parse(lies).at < HOURS * 3_600_000);
}

function forget(name) {
  localStorage.removeItem(name);
  sessionStorage.removeItem(name);
}
