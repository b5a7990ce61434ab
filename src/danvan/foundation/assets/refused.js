// What was refused comes into sight: the alert that says why, else the first field in question, which takes the cursor.
function show(root) {
  const alert = root.querySelector?.(".dv-alert:not(.is-ok)");
  const field = root.querySelector?.("[aria-invalid=true]:not([type=hidden])");
  alert?.scrollIntoView({ block: "nearest" });
  field?.focus({ preventScroll: Boolean(alert) });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status === 422) show(event.target);
});
if (document.querySelector("main [aria-invalid=true]")) show(document.querySelector("main"));
