// What this device wrote in a round without names. The server does not know whose it is, so only the device can bring it back: it
// keeps the text in the session of this window, and changes it by the name (cid) that it gave the message itself.
const KEY = "circle-own";

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** Called by the talk when a held message without an author was acknowledged. */
export function keep(round, cid, text) {
  const others = kept().filter((one) => one.cid !== cid);
  sessionStorage.setItem(KEY, JSON.stringify([...others, { round: String(round), cid, text }].slice(-20)));
}

/** Shows what was kept for the round of this frame. */
export function own(body) {
  const place = body.querySelector("[data-circle-own]");
  if (!place) return;
  for (const one of kept().filter((one) => one.round === place.dataset.roundKey)) {
    place.append(Object.assign(document.createElement("p"), { textContent: `“${one.text}”`, className: "c-2" }));
  }
}

window.addEventListener(
  "talk:held",
  (event) => {
    const { promise, cid, text } = event.detail ?? {};
    const round = /^circle (\d+)$/.exec(promise ?? "")?.[1];
    if (!round || !document.querySelector("[data-circle-own]")) return;
    keep(round, cid, text);
    for (const body of document.querySelectorAll("[data-circle-body]")) {
      body.querySelector("[data-circle-own]")?.replaceChildren();
      own(body);
    }
  },
  true,
);
