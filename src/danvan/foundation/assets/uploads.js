// Files to send: their names and sizes when chosen or dropped, a refusal before sending when one is too large
// (data-max-mb on the box), and how much has gone while they are on their way.
import { onPieces, fitting, element } from "./ready.js";

const size = (bytes) =>
  bytes < 1048576
    ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString("vi-VN")} kB`
    : `${(bytes / 1048576).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`;

function describe(box, input) {
  const note = box.querySelector("[data-upload-note]");
  const most = Number(box.dataset.maxMb || 0);
  const files = [...input.files];
  const heavy = most ? files.find((file) => file.size > most * 1048576) : null;
  const fault = heavy ? `Tệp “${heavy.name}” nặng ${size(heavy.size)}, vượt mức ${most} MB. Đồng chí vui lòng chọn tệp nhẹ hơn.` : "";
  input.setCustomValidity(fault);
  note.textContent = fault || files.map((file) => `${file.name}, ${size(file.size)}`).join("; ");
}

function receive(box, input) {
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("is-over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// htmx sends the form in place of the browser, so that the page can tell how far it is.
function follow(form) {
  if (!window.htmx || form.dataset.uploadPlain !== undefined || form.hasAttribute("hx-post")) return;
  form.setAttribute("hx-boost", "true");
  form.setAttribute("hx-encoding", "multipart/form-data");
  htmx.process(form);
}

function tell(form, loaded, total) {
  const box = form.querySelector("[data-upload]");
  if (!box) return;
  let bar = box.querySelector("progress");
  if (!bar) {
    bar = element("progress", { max: "100", "aria-label": "Phần đã gửi" });
    box.append(bar);
  }
  bar.value = total ? Math.floor((100 * loaded) / total) : 0;
  const note = box.querySelector("[data-upload-note]");
  note.textContent = loaded < total ? `Đang gửi ${size(loaded)} trong ${size(total)}…` : "Đã gửi xong, hệ thống đang kiểm tra tệp…";
}

onPieces((piece) =>
  fitting(piece, "[data-upload]").forEach((box) => {
    const input = box.querySelector("input[type=file]");
    if (!input || box.dataset.uploadReady) return;
    box.dataset.uploadReady = "1";
    input.addEventListener("change", () => describe(box, input));
    receive(box, input);
    if (input.form) follow(input.form);
  }),
);

// The answer is here: what is on the page tells it, and the box again only says which file was chosen.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  const box = form?.querySelector("[data-upload]:has(progress)");
  if (!box) return;
  box.querySelector("progress").remove();
  describe(box, box.querySelector("input[type=file]"));
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target.closest?.("form");
  if (form && event.detail.lengthComputable) tell(form, event.detail.loaded, event.detail.total);
});
