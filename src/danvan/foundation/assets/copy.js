// Buttons that only a script can serve, so they are hidden without one: data-copy="text" and data-print.
import { onPieces, fitting } from "./ready.js";

onPieces((piece) => fitting(piece, "[data-copy], [data-print]").forEach((button) => (button.hidden = false)));

document.addEventListener("click", async (event) => {
  if (event.target.closest?.("[data-print]")) return print();
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const words = button.querySelector("[data-copy-said]") ?? button;
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = "Đã chép";
  } catch {
    words.textContent = "Chưa chép được";
  }
  setTimeout(() => (words.textContent = before), 2000);
});
