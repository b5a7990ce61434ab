// Light or dark before the first paint: the reader's stored choice, else the system's. Loaded in the head, not deferred.
(() => {
  const root = document.documentElement;
  const KEY = "dv-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be closed to us; the system's choice then stands
    }
  };
  const show = () => {
    root.setAttribute("data-bs-theme", stored() ?? (system.matches ? "dark" : "light"));
  };
  show();
  system.addEventListener("change", show);
  addEventListener("storage", (event) => event.key === KEY && show());
  const reveal = () => document.querySelectorAll("[data-theme-toggle]").forEach((button) => (button.hidden = false));
  document.addEventListener("DOMContentLoaded", reveal);
  document.addEventListener("htmx:load", reveal);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const chosen = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", chosen);
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // kept for this page only
    }
  });
})();
