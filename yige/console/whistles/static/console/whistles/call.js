// The page of a called unit: chosen photos are made small and shown before they travel.
import "../panel.js";
import { photoFields } from "../../web/photos.js";

photoFields(document);
document.addEventListener("htmx:afterSwap", ({ target }) => photoFields(target));
