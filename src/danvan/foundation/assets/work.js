// Where too much comes from one network, the machine of whoever sends works a little for its place: it looks for a number with
// which the digest of the task begins with 16 zero bits. Without this script one waits a minute.
const digestOf = async (text) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

for (const form of document.querySelectorAll("form[data-work]")) {
  if (!window.isSecureContext) continue;
  const told = form.querySelector("[data-work-told]");
  if (told) told.hidden = false;
  for (let answer = 0; !form.elements.cong.value; answer++) {
    const digest = await digestOf(`${form.dataset.work}:${answer}`);
    if (digest[0] === 0 && digest[1] === 0) form.elements.cong.value = answer;
  }
  if (told) told.textContent = "Xong. Bà con bấm gửi là được nhận ngay.";
}
