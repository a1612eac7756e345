// What was searched for lately, kept in this browser alone: shown under an empty search field, forgotten at a press.
const KEY = "karvan-recent";
const MOST = 6;

export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(kept) ? kept.filter((words) => typeof words === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function remember(words) {
  const text = words.trim().slice(0, 200);
  if (!text) return;
  keep([text, ...recent().filter((known) => known.toLowerCase() !== text.toLowerCase())].slice(0, MOST));
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

function keep(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // Without room or leave to keep, the page works as before.
  }
}
