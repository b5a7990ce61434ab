// Keyboard lists. <ol data-key-list> holds items (data-key-item, else its <li>, or the rows of a table); j and k walk them; a button with
// data-key="n" inside the current item is pressed by that key. [data-key-switch] turns single keys off and on.
import { onPieces, fitting } from "./ready.js";

const KEPT = "dv-keys";
const root = document.documentElement;

const isOff = () => root.getAttribute("data-keys") === "off";
const isShown = (node) => node.getClientRects().length > 0;
const isTyping = (node) => node.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog");

function set(value) {
  root.setAttribute("data-keys", value);
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // kept for this page only
  }
  document.querySelectorAll("[data-key-switch]").forEach(label);
}

function label(button) {
  button.hidden = false;
  button.textContent = isOff() ? "bật phím" : "tắt phím";
  button.setAttribute("aria-pressed", String(isOff()));
}

function itemsOf(list) {
  const marked = [...list.querySelectorAll("[data-key-item]")];
  const rows = list.matches("table") ? "tbody tr" : "li";
  return (marked.length ? marked : [...list.querySelectorAll(rows)]).filter(isShown);
}

function currentOf(items) {
  return (
    items.find((item) => item.contains(document.activeElement)) ??
    items.find((item) => item.hasAttribute("aria-current") || item.classList.contains("now")) ??
    null
  );
}

function walk(items, step) {
  const at = items.indexOf(currentOf(items));
  const next = items[Math.max(0, Math.min(items.length - 1, at + step))] ?? items[0];
  if (!next) return;
  items.forEach((item) => item.toggleAttribute("data-key-current", item === next));
  const first = next.matches("a, button, [tabindex]") ? next : next.querySelector("a[href], button, input, [tabindex]");
  if (!first) next.tabIndex = -1;
  (first ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
}

try {
  root.setAttribute("data-keys", localStorage.getItem(KEPT) ?? "on");
} catch {
  root.setAttribute("data-keys", "on");
}
onPieces((piece) => fitting(piece, "[data-key-switch]").forEach(label));

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-key-switch]")) set(isOff() ? "on" : "off");
});

document.addEventListener("keydown", (event) => {
  if (isOff() || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (isTyping(event.target)) return;
  const lists = [...document.querySelectorAll("[data-key-list]")].filter(isShown);
  const list = lists.find((one) => one.contains(document.activeElement)) ?? lists[0];
  if (!list) return;
  const items = itemsOf(list);
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    event.preventDefault();
    walk(items, key === "j" ? 1 : -1);
    return;
  }
  if (!/^[a-z0-9]$/.test(key)) return;
  const current = currentOf(items);
  const wanted = `[data-key="${key}"]`;
  const pressed =
    [...(current?.querySelectorAll(wanted) ?? [])].find(isShown) ??
    [...list.querySelectorAll(wanted)].find((one) => isShown(one) && !items.some((item) => item.contains(one)));
  if (!pressed || pressed.getAttribute("aria-disabled") === "true") return;
  event.preventDefault();
  pressed.click();
});
