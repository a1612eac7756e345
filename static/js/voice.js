// Saying what is searched for, where the browser itself can listen. The button stays hidden everywhere else.
const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
// What browsers call the languages of the page.
const SPOKEN = {
  en: "en-US", ru: "ru-RU", kk: "kk-KZ", ky: "ky-KG", uz: "uz-UZ", tg: "tg-TJ", tk: "tk-TM", az: "az-AZ",
};

export function wireVoice(root) {
  if (!Recognition) return;
  for (const button of root.querySelectorAll("[data-voice]:not([data-wired])")) {
    button.dataset.wired = "";
    button.hidden = false;
    button.form.classList.add("search--voice");
    button.addEventListener("click", () => listen(button));
  }
}

function listen(button) {
  if (button.listening) return button.listening.stop();
  const form = button.form;
  const input = form.querySelector("[name=q]");
  const status = form.querySelector("[data-suggest-status]");
  const ear = new Recognition();
  ear.lang = SPOKEN[form.dataset.language] || form.dataset.language;
  ear.interimResults = true;
  ear.onresult = (event) => {
    const heard = [...event.results];
    input.value = heard.map((result) => result[0].transcript).join(" ").trim();
    if (heard.every((result) => result.isFinal) && input.value) form.requestSubmit();
  };
  ear.onerror = () => { status.textContent = button.dataset.failed; };
  ear.onend = () => {
    button.listening = null;
    button.setAttribute("aria-pressed", "false");
  };
  button.listening = ear;
  button.setAttribute("aria-pressed", "true");
  status.textContent = button.dataset.listening;
  ear.start();
}
