// Escape closes the phone menu and open <details data-dismiss>; a click elsewhere closes the latter.
const open = () => document.querySelectorAll("details[data-dismiss][open]");

document.addEventListener("click", (event) => {
  for (const one of open()) if (!one.contains(event.target)) one.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of open()) {
    one.open = false;
    one.querySelector("summary").focus();
  }
  if (location.hash === "#menu") {
    location.hash = "#noi-dung";
    document.querySelector(".dv-open")?.focus();
  }
});
