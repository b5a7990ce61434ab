// Ticked rows: [data-bulk] shows how many boxes [data-bulk-box] of its form are ticked; [data-bulk-all] ticks them all.
import { onPieces, fitting } from "./ready.js";

const boxesOf = (form) => [...form.elements].filter((one) => one.matches("[data-bulk-box]"));

function tell(form) {
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  for (const bar of form.querySelectorAll("[data-bulk]")) {
    const text = bar.querySelector("[data-bulk-text]");
    if (text) text.textContent = ticked ? `Đã chọn ${ticked.toLocaleString("vi-VN")}` : "Chưa chọn dòng nào";
    bar.querySelectorAll("button").forEach((button) => button.toggleAttribute("disabled", ticked === 0));
  }
  for (const all of form.querySelectorAll("[data-bulk-all]")) {
    all.hidden = false;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}

document.addEventListener("change", (event) => {
  const { form } = event.target;
  if (!form) return;
  if (event.target.matches("[data-bulk-all]")) boxesOf(form).forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("[data-bulk-all], [data-bulk-box]")) tell(form);
});
onPieces((piece) => fitting(piece, "[data-bulk]").forEach((bar) => bar.closest("form") && tell(bar.closest("form"))));
