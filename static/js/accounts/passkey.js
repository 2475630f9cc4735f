// Passkeys: <form data-passkey="create | get | login"> asks the browser for a credential and posts it.
// `create` and `get` carry their options in data-options; `login` fetches them, because a page may stand open for long.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (descriptors) => (descriptors ?? []).map((descriptor) => ({ ...descriptor, id: bytes(descriptor.id) }));

function creationOptions({ publicKey }) {
  return { publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) }, excludeCredentials: withBytes(publicKey.excludeCredentials) } };
}

function requestOptions({ publicKey }) {
  return { publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) } };
}

function asJson(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    parts.attestationObject = text(response.attestationObject);
    parts.transports = response.getTransports?.() ?? [];
  } else {
    parts.authenticatorData = text(response.authenticatorData);
    parts.signature = text(response.signature);
    parts.userHandle = response.userHandle ? text(response.userHandle) : null;
  }
  return JSON.stringify({
    type: credential.type, id: credential.id, rawId: text(credential.rawId), response: parts,
    authenticatorAttachment: credential.authenticatorAttachment ?? null, clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function credentialFor(form) {
  if (form.dataset.passkey === "create") return navigator.credentials.create(creationOptions(JSON.parse(form.dataset.options)));
  if (form.dataset.passkey === "get") return navigator.credentials.get(requestOptions(JSON.parse(form.dataset.options)));
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return navigator.credentials.get(requestOptions((await answer.json()).request_options));
}

function tell(form, error) {
  const place = form.querySelector("[data-passkey-error]");
  const words = { NotAllowedError: place.dataset.stopped, AbortError: place.dataset.stopped, InvalidStateError: place.dataset.known };
  place.textContent = words[error.name] ?? place.dataset.failed;
  place.hidden = false;
}

async function send(event) {
  const form = event.currentTarget;
  event.preventDefault();
  form.querySelector("[data-passkey-error]").hidden = true;
  try {
    form.elements.credential.value = asJson(await credentialFor(form));
    form.submit();
  } catch (error) {
    tell(form, error);
  }
}

const supported = Boolean(window.PublicKeyCredential && navigator.credentials?.create);
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!supported) break;
  form.hidden = false;
  form.addEventListener("submit", send);
}
for (const place of document.querySelectorAll("[data-passkey-unsupported]")) place.hidden = supported;
