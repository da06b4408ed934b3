// A passkey: ask the device, put its answer into the form's hidden field, send the form.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const opened = (list) => (list || []).map((key) => ({ ...key, id: toBytes(key.id) }));

async function make({ publicKey }, alone) {
  const asked = {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    excludeCredentials: opened(publicKey.excludeCredentials),
  };
  asked.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  asked.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone ? { userVerification: "required" } : {}),
  };
  const made = await navigator.credentials.create({ publicKey: asked });
  return told(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports ? made.response.getTransports() : [],
  });
}

async function show({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: opened(publicKey.allowCredentials),
  };
  const shown = await navigator.credentials.get({ publicKey: asked });
  const { authenticatorData, signature, userHandle } = shown.response;
  return told(shown, {
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
}

function told(key, response) {
  return {
    type: key.type,
    id: key.id,
    rawId: toText(key.rawId),
    authenticatorAttachment: key.authenticatorAttachment ?? null,
    response: { clientDataJSON: toText(key.response.clientDataJSON), ...response },
    clientExtensionResults: key.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  const kept = document.getElementById("passkey-options");
  if (kept) {
    const given = JSON.parse(kept.textContent);
    return given.creation_options || given.request_options;
  }
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.dataset.ygOptions, { headers });
  return (await answer.json()).request_options;
}

export function passkeyForm(form) {
  const button = form.querySelector("[data-yg-passkey-ask]");
  const failure = form.querySelector("[data-yg-passkey-failed]");
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  button.addEventListener("click", async () => {
    failure.hidden = true;
    button.disabled = true;
    try {
      const options = await optionsOf(form);
      const alone = Boolean(form.querySelector("[name=passwordless]")?.checked);
      const answer = form.dataset.ygPasskey === "make" ? await make(options, alone) : await show(options);
      form.querySelector("[name=credential]").value = JSON.stringify(answer);
      form.requestSubmit ? form.requestSubmit() : form.submit();
    } catch {
      failure.hidden = false;
      button.disabled = false;
    }
  });
}

for (const form of document.querySelectorAll("[data-yg-passkey]")) passkeyForm(form);
