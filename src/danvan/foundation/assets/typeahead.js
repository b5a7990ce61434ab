// Type-ahead over an endpoint that answers JSON {"results": [{id, name, context?, note?}]} to ?q=words.
//   <select data-typeahead="/…/">            the select stays the value and the way without a script
//   <input data-typeahead="/…/" data-typeahead-id="name">   what is typed is sent too; the id goes into a hidden field
import { onPieces, fitting, element } from "./ready.js";

const WAIT = 180;
let made = 0;

class Typeahead {
  constructor(field) {
    this.field = field;
    this.url = field.dataset.typeahead;
    this.options = [];
    this.at = -1;
    this.number = ++made;
    this.build();
    this.listen();
  }

  build() {
    const { field } = this;
    const box = element("div", { class: "dv-typeahead" });
    field.before(box);
    if (field instanceof HTMLSelectElement) {
      this.value = field;
      this.input = element("input", { type: "text", class: "form-control", id: `${field.id}-tim` });
      this.input.value = field.selectedOptions[0]?.value ? field.selectedOptions[0].textContent.trim() : "";
      this.input.placeholder = field.dataset.typeaheadHint ?? "Gõ không cần dấu";
      if (field.required) this.input.required = true;
      field.required = false;
      field.hidden = true;
      document.querySelectorAll(`label[for="${CSS.escape(field.id)}"]`).forEach((label) => (label.htmlFor = this.input.id));
      for (const name of ["aria-describedby", "aria-invalid"])
        if (field.hasAttribute(name)) this.input.setAttribute(name, field.getAttribute(name));
      box.append(this.input, field);
    } else {
      this.input = field;
      const name = field.dataset.typeaheadId;
      this.value = name ? (field.form?.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) ?? element("input", { type: "hidden", name })) : null;
      box.append(field);
      if (this.value && !this.value.isConnected) box.append(this.value);
    }
    this.list = element("ul", { class: "dv-options", role: "listbox", id: `goi-y-${this.number}`, "aria-label": "Gợi ý", hidden: "" });
    this.said = element("span", { class: "visually-hidden", role: "status" });
    box.append(this.list, this.said);
    const aria = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [key, value] of Object.entries(aria)) this.input.setAttribute(key, value);
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.put("", null);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    });
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.place));
    });
  }

  async ask() {
    const words = this.input.value.trim();
    this.coming?.abort();
    if (!words) return this.close();
    this.coming = new AbortController();
    const address = new URL(this.url, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: this.coming.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show((await answer.json()).results);
    } catch (fault) {
      if (fault.name !== "AbortError") this.show([], "Chưa tìm được. Đồng chí vui lòng thử lại.");
    }
  }

  show(options, none = "Không có kết quả. Đồng chí thử gõ ít chữ hơn.") {
    this.options = options;
    this.at = -1;
    this.list.replaceChildren(
      ...options.map((option, place) => {
        const row = element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" }, option.name);
        row.dataset.place = place;
        const more = [option.context, option.note].filter(Boolean).join(" · ");
        if (more) row.append(element("small", {}, more));
        return row;
      }),
    );
    if (!options.length) this.list.append(element("li", { class: "dv-options-none", role: "option", "aria-disabled": "true" }, none));
    this.said.textContent = options.length ? `${options.length} gợi ý` : none;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const { key } = event;
    const open = !this.list.hidden;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.ask();
      else this.mark((this.at + (key === "ArrowDown" ? 1 : -1) + this.options.length) % this.options.length);
    } else if (key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  mark(place) {
    if (!this.options.length) return;
    this.at = place;
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === place)));
    const row = this.list.children[place];
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  choose(place) {
    const option = this.options[place];
    if (option.url && this.input.hasAttribute("data-typeahead-go")) return location.assign(option.url);
    this.input.value = option.name;
    this.put(option.id, option.name);
    this.close();
    this.input.dispatchEvent(new CustomEvent("typeahead:chosen", { bubbles: true, detail: option }));
  }

  put(id, name) {
    if (!this.value) return;
    if (this.value instanceof HTMLSelectElement && id !== "" && ![...this.value.options].some((one) => one.value === String(id)))
      this.value.append(element("option", { value: id }, name));
    this.value.value = String(id);
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

onPieces((piece) =>
  fitting(piece, "[data-typeahead]").forEach((field) => {
    if (!field.dataset.typeahead || field.dataset.typeaheadReady) return;
    field.dataset.typeaheadReady = "1";
    new Typeahead(field);
  }),
);
