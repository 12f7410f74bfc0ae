// Passkeys: asks the browser for a key and sends what it signs. Only on pages that offer it.
//   <form data-passkey="login|use|add" data-failed="…"> <input name="credential"> <button data-passkey-go> <p data-passkey-error hidden>
// "login" fetches its question from the form's address; the others find it in #js_data.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function readable(options) {
  const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: key };
}

function sendable(credential) {
  const { response } = credential;
  const sent = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) sent[name] = toText(response[name]);
  }
  if (response.getTransports) sent.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response: sent,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function question(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById("js_data").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function make(form, options) {
  const passwordless = form.elements.passwordless?.checked ?? false;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: passwordless,
    userVerification: passwordless ? "required" : "preferred",
  });
  return navigator.credentials.create(readable(options));
}

async function run(form) {
  const asked = await question(form);
  const credential =
    form.dataset.passkey === "add"
      ? await make(form, asked.creation_options)
      : await navigator.credentials.get(readable(asked.request_options));
  form.elements.credential.value = JSON.stringify(sendable(credential));
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = document.querySelector(`[data-passkey-go][form="${form.id}"]`) ?? form.querySelector("[data-passkey-go]");
  const error = form.querySelector("[data-passkey-error]");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    error.hidden = true;
    button.classList.add("busy");
    run(form).catch(() => {
      error.hidden = false;
      button.classList.remove("busy");
    });
  });
}
