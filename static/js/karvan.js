// What every page wants: each behaviour is a module; all of it is extra, the pages work without.
import { wireMenus } from "./menus.js";
import { wireCounters } from "./counter.js";
import { wireForms } from "./forms.js";
import { wireSuggest } from "./suggest.js";
import { keepTyped } from "./typed.js";
import { wireVoice } from "./voice.js";
import { wireZoom } from "./zoom.js";

function wire(root) {
  wireForms(root);
  wireCounters(root);
  wireSuggest(root);
  wireVoice(root);
  wireZoom(root);
}

wireMenus();
keepTyped();
wire(document);
document.addEventListener("htmx:load", (event) => wire(event.detail.elt));
