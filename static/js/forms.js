// Forms: send on change, steppers beside a quantity, the focus on a summary of errors, one press of a button once.
export function wireForms(root) {
  for (const field of root.querySelectorAll("[data-submit-on-change]:not([data-wired])")) {
    field.dataset.wired = "";
    const button = field.form.querySelector("[type=submit]");
    if (button) button.hidden = true;
    field.addEventListener("change", () => field.form.requestSubmit());
  }
  for (const box of root.querySelectorAll("[data-quantity]:not([data-wired])")) wireQuantity(box);
  for (const form of root.querySelectorAll("form[data-once]:not([data-wired])")) wireOnce(form);
  root.querySelector("[data-focus]")?.focus();
}

function wireQuantity(box) {
  box.dataset.wired = "";
  const input = box.querySelector("input");
  const step = (text, label, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quantity__step";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      const before = input.value;
      by > 0 ? input.stepUp() : input.stepDown();
      if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    return button;
  };
  input.before(step("−", box.dataset.less, -1));
  input.after(step("+", box.dataset.more, 1));
}

// The server is the one who keeps an order from being placed twice; this only spares the shopper the doubt.
function wireOnce(form) {
  form.dataset.wired = "";
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelector("[aria-disabled=true]")?.removeAttribute("aria-disabled");
  });
}
