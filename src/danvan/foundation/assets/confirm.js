// Ask before an act: data-confirm="Whole question?" (data-confirm-yes="Label") on a button or a form; hx-confirm too.
import { element } from "./ready.js";

function ask(question, yes = "Đồng ý") {
  return new Promise((resolve) => {
    const no = element("button", { class: "btn dv-btn", type: "button" }, "Thôi");
    const go = element("button", { class: "btn dv-btn-main", type: "button" }, yes);
    const words = element("p", { id: "dv-hoi-lai" }, question);
    const box = element("dialog", { class: "dv-dialog", "aria-labelledby": words.id }, words, element("div", { class: "dv-row" }, go, no));
    const end = (answer) => {
      box.close();
      box.remove();
      resolve(answer);
    };
    go.addEventListener("click", () => end(true));
    no.addEventListener("click", () => end(false));
    box.addEventListener("cancel", () => end(false));
    document.body.append(box);
    box.showModal();
    no.focus();
  });
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const holder = event.submitter?.closest("[data-confirm]") ?? form.closest("[data-confirm]");
    if (!holder || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(holder.dataset.confirm, holder.dataset.confirmYes))) return;
    form.dataset.confirmed = "1";
    form.requestSubmit(event.submitter);
    delete form.dataset.confirmed;
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question)) event.detail.issueRequest(true);
});
