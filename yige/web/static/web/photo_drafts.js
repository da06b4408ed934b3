// Keeps chosen photos on this device until they are sent: a phone that runs out of memory at the camera forgets
// the page.
// They belong to this tab, are gone after two hours, and never leave the device from here.

const HOURS = 2;
const TAB = "yige:tab";

export async function savePhotos(name, files) {
  await inStore("readwrite", (store) => store.put({ name, files, tab: tab(), at: Date.now() }));
}

export async function loadPhotos(name) {
  const kept = await inStore("readonly", (store) => store.get(name));
  if (!kept) return [];
  if (kept.tab === tab() && Date.now() - kept.at < HOURS * 3_600_000) return kept.files;
  await forgetPhotos(name);
  return [];
}

export async function forgetPhotos(name) {
  await inStore("readwrite", (store) => store.delete(name));
}

function tab() {
  const known = sessionStorage.getItem(TAB);
  if (known) return known;
  const fresh = `${Date.now()}-${Math.random()}`;
  sessionStorage.setItem(TAB, fresh);
  return fresh;
}

// A full or forbidden store: the form still works, it only forgets.
async function inStore(mode, act) {
  try {
    const database = await finished(opening());
    try {
      return await finished(act(database.transaction("photos", mode).objectStore("photos")));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function opening() {
  const request = indexedDB.open("yige", 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore("photos", { keyPath: "name" });
  });
  return request;
}

function finished(request) {
  return new Promise((done, failed) => {
    request.addEventListener("success", () => done(request.result));
    request.addEventListener("error", () => failed(request.error));
  });
}
