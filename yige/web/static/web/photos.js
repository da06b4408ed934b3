// Several photos from one button, made small on the phone before they travel, shown and removable.
// What was chosen for a form with a draft stays on this device until it is sent.
// Without this module the same input is a plain file field and the server does all the work.
import { forgetPhotos, loadPhotos, savePhotos } from "./photo_drafts.js";

const LONGEST = 1600;
const QUALITY = 0.82;
const SMALL_ENOUGH = 400 * 1024;

export function photoFields(root) {
  for (const field of root.querySelectorAll("[data-yg-photos]")) prepare(field);
}

function prepare(field) {
  const input = field.querySelector("input[type=file]");
  const list = field.querySelector("[data-yg-photos-list]");
  const said = field.querySelector("[data-yg-photos-said]");
  const kept = field.querySelectorAll("[data-yg-kept]").length;
  const most = Math.max((Number(field.dataset.ygPhotos) || 6) - kept, 0);
  const chosen = [];
  if (typeof DataTransfer === "undefined") return;

  const show = () => {
    const files = new DataTransfer();
    for (const photo of chosen) files.items.add(photo.file);
    input.files = files.files;
    list.replaceChildren(...chosen.map((photo, place) => preview(photo, place, remove)));
    said.textContent = chosen.length ? `已选 ${chosen.length} 张，最多 ${most} 张` : "";
  };
  const add = (file) => chosen.push({ file, url: URL.createObjectURL(file) });
  const draft = draftOf(field.closest("form"));
  const save = () => draft && savePhotos(draft, chosen.map((photo) => photo.file));
  bringBack(field.closest("form"), draft, most, add, show);
  const remove = (photo) => {
    URL.revokeObjectURL(photo.url);
    chosen.splice(chosen.indexOf(photo), 1);
    show();
    save();
    input.focus();
  };
  input.addEventListener("change", async () => {
    const picked = [...input.files];
    const free = most - chosen.length;
    said.textContent = "正在处理照片…";
    for (const file of picked.slice(0, free)) {
      add(await shrink(file));
    }
    show();
    save();
    if (picked.length > free) said.textContent = `最多 ${most} 张，多出的 ${picked.length - free} 张没有加进来`;
  });
}

function draftOf(form) {
  return "ygSend" in form.dataset ? form.dataset.ygDraft : undefined;
}

// A page that asks again has kept the photos on the server: what lies on this device is old.
async function bringBack(form, draft, most, add, show) {
  if (!draft) return;
  if (!("ygFresh" in form.dataset)) {
    forgetPhotos(draft);
    return;
  }
  const files = await loadPhotos(draft);
  files.slice(0, most).forEach(add);
  if (files.length) show();
}

function preview(photo, place, remove) {
  const item = document.createElement("li");
  const image = document.createElement("img");
  image.src = photo.url;
  image.alt = `您选的第 ${place + 1} 张照片`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "yg-photos__remove";
  button.textContent = "删掉";
  button.setAttribute("aria-label", `删掉第 ${place + 1} 张照片`);
  button.addEventListener("click", () => remove(photo));
  item.append(image, button);
  return item;
}

// A photo the phone cannot draw (HEIC in some browsers) travels as it is; the server knows more kinds.
async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size <= SMALL_ENOUGH && file.type === "image/jpeg") return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}
