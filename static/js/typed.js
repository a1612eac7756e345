// A form that is fetched anew while somebody types (another country: other shipping): the server gives back what it was
// sent, but what was typed meanwhile is newer and stays.
const FORM = "form[data-keep-typed]";
const FIELDS = "input:not([type=hidden]), select, textarea";

export function keepTyped() {
  let typed = new Map();
  let place = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const fields = event.detail.target.querySelectorAll(`${FORM} :is(${FIELDS})`);
    typed = new Map([...fields].map((field) => [key(field), state(field)]));
    place = window.scrollY;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const field of event.target.querySelectorAll(`${FORM} :is(${FIELDS})`)) {
      if (typed.has(key(field)) && typed.get(key(field)) !== state(field)) restore(field, typed.get(key(field)));
    }
    // While both the old and the new form stood there, the browser may have scrolled to keep the old one in sight.
    if (typed.size) window.scrollTo({ top: place, behavior: "instant" });
    typed.clear();
  });
}

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const key = (field) => (isChoice(field) ? `${field.name}=${field.value}` : field.name);
const state = (field) => (isChoice(field) ? field.checked : field.value);

function restore(field, value) {
  if (isChoice(field)) field.checked = value;
  else field.value = value;
}
