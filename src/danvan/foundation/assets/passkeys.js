// Passkeys: a button asks the browser for a key, puts its answer into the form and sends that. Hidden without a script.
//   data-passkey="get|create"          the place of the button; data-passkey-options names the element with what is asked
//   data-passkey-from="/address/"      or the address that tells it
//   data-passkey-answer, -fault, -go   in the same form: where the answer goes, where a fault is said, the button
import { onPieces, fitting } from "./ready.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const key = (one) => ({ ...one, id: bytes(one.id) });

function wanted(asked, passwordless) {
  const told = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) told.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.allowCredentials) told.allowCredentials = asked.allowCredentials.map(key);
  if (asked.excludeCredentials) told.excludeCredentials = asked.excludeCredentials.map(key);
  if (passwordless !== undefined)
    told.authenticatorSelection = {
      ...asked.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      ...(passwordless ? { userVerification: "required" } : {}),
    };
  return told;
}

function answered(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const told = Object.fromEntries(parts.filter((name) => response[name]).map((name) => [name, text(response[name])]));
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: response.getTransports ? { ...told, transports: response.getTransports() } : told,
  };
}

async function asking(place) {
  if (!place.dataset.passkeyFrom) return JSON.parse(document.getElementById(place.dataset.passkeyOptions).textContent);
  const answer = await fetch(place.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const SAID = {
  InvalidStateError: "Máy này đã có khóa của đồng chí rồi.",
  NotAllowedError: "Chưa dùng được khóa: đồng chí đã thôi, máy chờ quá lâu, hoặc máy không có khóa của hệ thống này.",
  SecurityError: "Địa chỉ của trang không dùng được khóa. Đồng chí vui lòng mở trang bằng tên miền có https.",
};

async function go(place) {
  const form = place.closest("form");
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    const told = await asking(place);
    const without = form.querySelector("[name=passwordless]");
    const credential =
      place.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: wanted(told.creation_options.publicKey, Boolean(without?.checked)) })
        : await navigator.credentials.get({ publicKey: wanted(told.request_options.publicKey) });
    form.querySelector("[data-passkey-answer]").value = JSON.stringify(answered(credential));
    form.submit();
  } catch (error) {
    fault.textContent = SAID[error.name] ?? "Chưa dùng được khóa. Đồng chí vui lòng thử lại hoặc dùng cách khác.";
    fault.hidden = false;
  }
}

onPieces((piece) =>
  fitting(piece, "[data-passkey]").forEach((place) => (place.hidden = !window.PublicKeyCredential)),
);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-passkey-go]");
  if (button) go(button.closest("[data-passkey]"));
});
