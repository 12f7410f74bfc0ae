// The frame of a circle above a talk. The talk passes on that the circle moved (`talk:circle`); the frame is then fetched anew, so
// what is shown is always what the database says. Where no socket tells, it looks every ten seconds.
import { clock } from "./clock.js";
import { composer, toSay } from "./composer.js";
import { own } from "./own.js";

const LOOK_AGAIN = 10_000;
const SPREAD = 400;
// Many may write or choose within seconds: their number may lag behind a little.
const OFTEN = { written: 3000, votes: 3000, people: 3000 };

export function frame(section) {
  const says = section.querySelector("[data-circle-says]");
  const notes = section.querySelector("[data-circle-notes]");
  const first = toSay();
  let body = section.querySelector("[data-circle-body]");
  let stop = begin();
  let waiting = null;
  let heard = false;
  // A live region speaks of what changes after it is there.
  if (first) setTimeout(() => Object.assign(says, { textContent: first }), 300);

  function begin() {
    own(body);
    composer(body);
    return clock(body, (words) => {
      notes.textContent = words;
    });
  }

  async function look() {
    waiting = null;
    if (!navigator.onLine) return;
    const answer = await fetch(section.dataset.url, { headers: { "X-Frame": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-circle-body]");
    if (!fresh) return;
    replace(document.adoptNode(fresh));
  }

  function replace(fresh) {
    const moved = fresh.dataset.round !== body.dataset.round || fresh.dataset.stage !== body.dataset.stage;
    keepTyped(body, fresh);
    if (body.dataset.pledge && fresh.dataset.pledge !== body.dataset.pledge) takeOffWaiting();
    stop();
    const inside = body.contains(document.activeElement) ? document.activeElement : null;
    const name = inside?.id || inside?.closest("form")?.getAttribute("action");
    body.replaceWith(fresh);
    body = fresh;
    stop = begin();
    if (inside) focusAgain(name);
    if (moved) {
      says.textContent = fresh.dataset.say;
      section.dispatchEvent(new CustomEvent("circle:moved", { bubbles: true, detail: { ...fresh.dataset } }));
    }
  }

  // All was shown: what this device still shows as held back stands in the stream now; without names under another number.
  function takeOffWaiting() {
    for (const line of document.querySelectorAll("[role=log] .wait[data-cid][data-id]")) line.remove();
  }

  // What somebody is writing in the frame must outlive a step of the circle.
  function keepTyped(old, fresh) {
    for (const field of old.querySelectorAll("textarea[id], input[id]")) {
      const twin = fresh.querySelector(`#${CSS.escape(field.id)}`);
      if (twin && field.value !== field.defaultValue) twin.value = field.value;
    }
    for (const fold of old.querySelectorAll("details[open]")) {
      const title = fold.querySelector("summary")?.textContent;
      for (const twin of fresh.querySelectorAll("details")) {
        if (twin.querySelector("summary")?.textContent === title) twin.open = true;
      }
    }
  }

  function focusAgain(name) {
    const again =
      name && (body.querySelector(`#${CSS.escape(name)}`) ?? body.querySelector(`form[action="${CSS.escape(name)}"] button`));
    if (again) again.focus();
    else {
      body.tabIndex = -1;
      body.focus({ preventScroll: true });
    }
  }

  // All who sit in a circle hear of a step at once: they do not all ask at once.
  function soon(what) {
    if (waiting !== null && what in OFTEN) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, Math.random() * SPREAD + (OFTEN[what] ?? 0));
  }

  window.addEventListener(
    "talk:circle",
    (event) => {
      heard = true;
      soon((event.detail?.data ?? event.detail)?.what);
    },
    true,
  );
  setInterval(() => {
    if (!heard && !document.hidden) soon();
  }, LOOK_AGAIN);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) soon();
  });

  section.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-circle-act]");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, event.submitter),
      headers: { "X-Frame": "1" },
    }).catch(() => null);
    button.removeAttribute("aria-busy");
    if (!answer || (!answer.ok && answer.status !== 409)) {
      form.removeAttribute("data-circle-act");
      form.submit();
      return;
    }
    const { words } = await answer.json();
    if (!words) form.reset();
    await look();
    if (words) say(words);
  });

  function say(words) {
    notes.textContent = words;
    const note = document.createElement("div");
    note.className = "note warn";
    note.append(Object.assign(document.createElement("p"), { textContent: words }));
    body.prepend(note);
  }
}
