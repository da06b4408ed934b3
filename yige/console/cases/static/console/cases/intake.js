// The intake form: photos are made small and shown before they travel.
import { photoFields } from "../../web/photos.js";

photoFields(document);
