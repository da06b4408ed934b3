// The file of a household on a phone: a number that was revealed closes again.
import { hideLater } from "../web/hide.js";

hideLater(document);
