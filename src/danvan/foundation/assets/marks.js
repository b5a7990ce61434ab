// The reading page: when the list of proposals was swapped, the mark in the source text goes with its current item.
import { onPieces, fitting } from "./ready.js";

onPieces((piece) =>
  fitting(piece, ".rd-prop").forEach((list) => {
    if (piece === document) return;
    const text = document.querySelector(".rd-text");
    const now = list.querySelector(".rd-item[aria-current]");
    text?.querySelectorAll(".sp.now").forEach((mark) => mark.classList.remove("now"));
    if (!text || !now) return;
    const marks = text.querySelectorAll(`.sp[href$="#${CSS.escape(now.id)}"]`);
    marks.forEach((mark) => mark.classList.add("now"));
    marks[0]?.scrollIntoView({ block: "nearest" });
  }),
);
