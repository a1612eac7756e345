// Suggestions under a search field: the combobox pattern of the ARIA Authoring Practices (list with manual selection).
import { forget, recent, remember } from "./recent.js";

const PAUSE = 120;

export function wireSuggest(root) {
  for (const form of root.querySelectorAll("form[data-suggest]:not([data-wired])")) {
    form.dataset.wired = "";
    new Suggest(form);
  }
}

class Suggest {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("[name=q]");
    this.list = form.querySelector(".search__list");
    this.status = form.querySelector("[data-suggest-status]");
    this.active = -1;
    // A search field may not be a combobox (ARIA in HTML); a text field may.
    this.input.type = "text";
    this.input.inputMode = "search";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.list.dataset.label);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.input.value.trim() || this.showRecent());
    this.form.addEventListener("submit", () => remember(this.input.value));
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.close();
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.input.value.trim();
    this.asking?.abort();
    if (!words) return this.showRecent();
    if (words.length < 2) return this.close();
    this.asking = new AbortController();
    const query = new URLSearchParams({ q: words, language: this.form.dataset.language });
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${query}`, { signal: this.asking.signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  // Under an empty field: what was searched for here before, and a way to forget it.
  showRecent() {
    const words = recent();
    if (!words.length) return this.close();
    this.show(words.map((text) => ({ kind: "recent", text })));
    const away = this.option({ kind: "", text: this.list.dataset.forget }, words.length);
    away.classList.add("search__option--forget");
    away.addEventListener("click", (event) => {
      event.stopImmediatePropagation();
      forget();
      this.close();
    }, { capture: true });
    this.list.append(away);
  }

  show(suggestions) {
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...suggestions.map((suggestion, index) => this.option(suggestion, index)));
    const some = suggestions.length > 0;
    this.list.hidden = !some;
    this.input.setAttribute("aria-expanded", String(some));
    this.status.textContent = some ? this.list.dataset.some : this.list.dataset.none;
  }

  option({ kind, text, url, picture, language }, index) {
    const option = document.createElement("div");
    option.className = "search__option";
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (picture) {
      const image = document.createElement("img");
      image.src = picture;
      image.alt = "";
      option.append(image);
    }
    const words = document.createElement("span");
    words.textContent = text;
    if (language) words.lang = language;
    option.append(words);
    // data-craft="Craft" and so on, on the list: what kind of thing is suggested, in the page's language.
    const label = this.list.dataset[kind];
    if (label) {
      const note = document.createElement("span");
      note.className = "search__kind";
      note.textContent = label;
      option.append(note);
    }
    option.addEventListener("click", () => this.choose(url, text));
    option.dataset.url = url || "";
    return option;
  }

  choose(url, text) {
    if (url) return location.assign(url);
    this.input.value = text;
    this.form.requestSubmit();
  }

  key(event) {
    const options = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      return options[this.active].click();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (this.list.hidden) {
      if (options.length) this.reopen();
      else return this.ask();
    }
    const step = event.key === "ArrowDown" ? 1 : -1;
    // One place more than there are options: the field itself.
    const places = options.length + 1;
    this.mark(options, ((this.active + 1 + step + places) % places) - 1);
  }

  reopen() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  mark(options, index) {
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    if (index < 0) return this.input.removeAttribute("aria-activedescendant");
    options[index].setAttribute("aria-selected", "true");
    options[index].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[index].id);
  }

  close() {
    this.asking?.abort();
    this.mark([...this.list.children], -1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }
}
