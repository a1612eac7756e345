// <p data-counter-for="field id" data-left="Characters left:"> says how many more letters fit, once something is typed.
export function wireCounters(root) {
  for (const note of root.querySelectorAll("[data-counter-for]:not([data-wired])")) {
    note.dataset.wired = "";
    const field = document.getElementById(note.dataset.counterFor);
    field.addEventListener("input", () => {
      note.textContent = `${note.dataset.left} ${field.maxLength - field.value.length}`;
    });
  }
}
