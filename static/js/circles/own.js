// What this device wrote in a round without names. The server does not know whose it is, so only the device can bring it back: it
// keeps the text in the session of this window, and changes it by the name (cid) that it gave the message itself.
const KEY = "circle-own";
const MOST = 20;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

function keep(round, cid, text) {
  const others = kept().filter((one) => one.cid !== cid);
  sessionStorage.setItem(KEY, JSON.stringify([...others, { round, cid, text }].slice(-MOST)));
}

/** Shows what was kept for the round of this frame, each in a form to change it. */
export function own(body) {
  const place = body.querySelector("[data-circle-own]");
  if (!place) return;
  for (const old of place.querySelectorAll("form")) old.remove();
  for (const one of kept().filter((one) => one.round === place.dataset.roundKey)) {
    const form = place.querySelector("template").content.cloneNode(true).querySelector("form");
    form.elements.client_id.value = one.cid;
    form.elements.body.defaultValue = one.text;
    form.addEventListener("submit", () => keep(one.round, one.cid, form.elements.body.value));
    place.append(form);
  }
}

document.addEventListener("talk:held", ({ detail }) => {
  const place = document.querySelector("[data-circle-own]");
  if (!place || !detail.text) return;
  keep(place.dataset.roundKey, detail.cid, detail.text);
  own(place.closest("[data-circle-body]"));
});
