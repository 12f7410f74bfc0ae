// The page of a channel, kept alive: what is said comes by itself, what one writes goes at once and is kept until the server has it.
// Other parts listen on the document: "talk:circle" (detail: the event) when a circle moves on, "talk:changed" (detail: the event) when a message or its marks change, "talk:held" (cid, text) when a message is held back, "talk:state" (detail: the state of the wire).
import { compose } from "./compose.js";
import { connect } from "./socket.js";
import { stream } from "./stream.js";

const JSON_PLEASE = { Accept: "application/json" };
const NEWEST = Number.MAX_SAFE_INTEGER;

export function talk(place) {
  const words = place.dataset;
  const log = document.querySelector("[data-log]");
  const form = document.querySelector("[data-compose]");
  const jump = document.querySelector("[data-jump]");
  const state = document.querySelector("[data-state]");
  const texts = new Map(); // cid -> what was typed, to give it back when it is refused
  let last = Number(words.seq);
  let wire;
  let box;

  fold();
  const me = { id: words.me, staff: words.staff === "1", thread: words.thread, you: words.you };
  const lines = stream(log, me, (unseen) => {
    jump.hidden = !unseen;
    jump.querySelector("span").textContent = unseen === 1 ? words.newOne : words.newMany.replace("#", unseen);
    if (!unseen) wire?.read(last);
  });
  jump.addEventListener("click", () => {
    lines.toEnd();
    form?.elements.body.focus();
  });
  if (!location.hash) document.getElementById("new")?.scrollIntoView({ block: "center" });

  const page = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  log.addEventListener("click", async (event) => {
    const older = event.target.closest("[data-older]");
    if (!older) return;
    event.preventDefault();
    const found = await page(older.href).catch(() => null);
    if (!found) return;
    lines.prepend(found);
    const next = found.querySelector("[data-older]");
    if (next) older.href = next.href;
    else older.parentElement.remove();
  });

  const press = async (button) => {
    const owner = document.getElementById("talk-do");
    const sent = new FormData(owner);
    const [id, on] = [button.closest(".msg").dataset.id, button.getAttribute("aria-pressed") !== "true"];
    if (button.name) sent.set(button.name, button.value);
    if (button.name === "kind") {
      sent.set("on", on ? "1" : "0");
      lines.press(id, button.value, on);
    }
    button.closest("details")?.removeAttribute("open");
    const answer = await fetch(button.formAction, { method: "POST", body: sent, headers: JSON_PLEASE }).catch(() => null);
    if (answer?.ok && !answer.redirected) return;
    if (button.name === "kind") lines.press(id, button.value, !on);
    if (box) box.complain(words.failed);
    else state?.replaceChildren(words.failed);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) {
      event.preventDefault();
      press(button);
    }
    const quote = event.target.closest("[data-quote]");
    if (quote && box) {
      event.preventDefault();
      const line = quote.closest(".msg");
      quote.closest("details").removeAttribute("open");
      box.quote(line.dataset.id, line.querySelector(".prose")?.textContent.trim().slice(0, 140) ?? "");
    }
  });
  // An older stretch is a page to read; live is the newest alone.
  if (words.complete !== "1") return;

  const people = (where, many, who) => {
    const spot = document.querySelector(where);
    if (!spot) return;
    spot.hidden = !many;
    (spot.querySelector("[data-words]") ?? spot).textContent = many;
    spot.title = who.join(", ");
  };
  wire = connect({
    socketUrl: words.socket,
    eventsUrl: words.events,
    sayUrl: words.say,
    after: last,
    lang: document.documentElement.lang.slice(0, 2),
    onEvent(event) {
      last = event.seq;
      if (event.kind === "circle") document.dispatchEvent(new CustomEvent("talk:circle", { detail: event }));
      if (event.kind === "changed") document.dispatchEvent(new CustomEvent("talk:changed", { detail: event }));
      lines.take(event);
      if (lines.isAtEnd() && !document.hidden) wire?.read(last);
    },
    onAck(answer) {
      if (answer.seq === null) document.dispatchEvent(new CustomEvent("talk:held", { detail: { cid: answer.cid, text: texts.get(answer.cid) } }));
      texts.delete(answer.cid);
      lines.stored(answer, words.held);
    },
    onRefused({ cid, words: why, again }) {
      if (again) return;
      const given = texts.has(cid) && box?.giveBack(texts.get(cid));
      texts.delete(cid);
      lines.refuse(cid, given ? "" : why);
      box?.complain(why);
    },
    onState(now) {
      if (state) state.textContent = words[now];
      place.dataset.state = now;
      document.dispatchEvent(new CustomEvent("talk:state", { detail: now }));
    },
    onHere: ({ number, who }) => people("[data-here]", number ? words.here.replace("#", number) : "", who),
    onTyping: ({ who }) => people("[data-typing]", who.length ? (who.length === 1 ? words.typingOne : words.typingMany).replace("#", who.join(", ")) : "", who),
    async onSnapshot() {
      const found = await page(`${location.pathname}?before=${NEWEST}`);
      lines.replace(found);
      last = Number(found.querySelector("[data-controller~=talk]").dataset.seq);
      return last;
    },
  });
  if (form) {
    box = compose(form, words, {
      typing: wire.typing,
      send({ form: sent, text, body, quote, promise }) {
        if (sent) return post(sent);
        const cid = wire.say({ body, quote, promise, thread: Number(words.thread) || null });
        texts.set(cid, text);
        lines.wait(cid, body, navigator.onLine ? words.sending : words.waiting);
        return null;
      },
    });
  }
  for (const entry of wire.waiting()) lines.wait(entry.cid, entry.body, words.waiting);
  lines.seen();

  /** Files go by POST; gives what is wrong, or nothing. */
  async function post(sent) {
    const answer = await fetch(words.say, { method: "POST", body: sent, headers: JSON_PLEASE }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    return told?.t === "ack" ? "" : (told?.words ?? words.failed);
  }
}

/** The list of channels takes the whole screen of a phone: there it opens on demand. */
function fold() {
  const side = document.querySelector("[data-fold]");
  if (side && matchMedia("(max-width: 59.99rem)").matches) side.open = false;
}
