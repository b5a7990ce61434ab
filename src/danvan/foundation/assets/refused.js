// What was refused comes into sight and takes the cursor: the alert that says why, else the first field in question.
function show(root) {
  const alert = root.querySelector?.(".dv-alert:not(.is-ok)");
  if (alert) return alert.scrollIntoView({ block: "nearest" });
  root.querySelector?.("[aria-invalid=true]:not([type=hidden])")?.focus();
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status === 422) show(event.target);
});
if (document.querySelector("main [aria-invalid=true]")) show(document.querySelector("main"));
