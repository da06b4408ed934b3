// Asking to leave a closing out: chosen photos are made small and shown before they travel.
import { photoFields } from "../../web/photos.js";

photoFields(document);
