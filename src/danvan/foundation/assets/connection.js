// A request that never arrived is told in words, where refusals are told too.
import { element } from "./ready.js";

function tell(words) {
  const place = document.getElementById("thong-bao");
  if (!place) return;
  const box = element("div", { class: "dv-alert is-warn" }, element("div", {}, element("p", {}, words)));
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => tell("Không kết nối được máy chủ. Đồng chí vui lòng kiểm tra mạng rồi làm lại; nội dung đã nhập vẫn còn trên trang."));
document.addEventListener("htmx:timeout", () => tell("Máy chủ trả lời quá lâu. Đồng chí vui lòng làm lại sau ít phút."));
document.addEventListener("htmx:responseError", () => document.getElementById("thong-bao")?.scrollIntoView({ block: "nearest" }));
