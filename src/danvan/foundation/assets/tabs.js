// Tabs that are links to panes of the same page: the one in the address is marked as current.
import { onPieces } from "./ready.js";

function mark() {
  for (const row of document.querySelectorAll("[data-tabs], .rd-tabs")) {
    const links = [...row.querySelectorAll('a[href^="#"]')];
    const pane = document.getElementById(location.hash.slice(1));
    const now = links.find((link) => link.hash === location.hash) ?? links.find((link) => pane?.closest(`[id="${CSS.escape(link.hash.slice(1))}"]`));
    if (!now) continue;
    for (const link of links)
      if (link === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
  }
}

addEventListener("hashchange", mark);
onPieces(mark);
