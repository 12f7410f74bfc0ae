// The wire of a channel: a socket where there is one, POST and polling where there is none. docs/CHANNELS.md tells the protocol.
//
//   const wire = connect({
//     socketUrl,   "/ws/channels/7/": path or whole address
//     eventsUrl,   GET, the same events by polling
//     sayUrl,      POST, saying without a socket
//     after,       number of the last event that the page shows
//     lang,        "th" or "en": the language of the HTML that comes
//     onEvent(event),        {seq, kind, id, thread, html, data}; each number once, in order, none left out
//     onAck({cid, id, seq}), the message is stored for good; seq null: held back until the round is revealed
//     onRefused({cid, words, wait, again}), again: it is tried once more after `wait` seconds; else nothing is kept of it here
//     onState(state),        "connecting" | "live" | "polling" | "offline" | "signedout" | "removed"; the last two are final
//     onHere({number, who}), onTyping({who}),
//     onSnapshot(),          too far behind: load the stream anew, return (a promise of) its last number
//   })
//   wire.say({body, thread, quote, promise, cid}) -> cid  kept until it is acknowledged, through breaks and reloads; cid may be left out
//   wire.waiting() -> [{cid, body, thread, quote}]  what is not acknowledged: show it on loading, it is sent by itself
//   wire.read(seq), wire.typing(), wire.close()
//
// Callbacks may be left out. The CSRF token is read from the page's [name=csrfmiddlewaretoken].
import { name, queue } from "./queue.js";

const patience = 4_000; // until the socket is open, and until an acknowledgement comes twice over
const silence = 25_000; // after which the server is asked whether it is there
const fresh = 3_000; // between two polls of a page that is looked at
const longest = 30_000; // between two attempts
const atOnce = 5; // messages on their way without an answer
const largest = 60_000; // bytes of a frame: the server ends a socket that sends more than 64 KiB

const wait = (base) => base / 2 + Math.random() * (base / 2);

export function connect(options) {
  const tell = (hook, value) => options[hook]?.(value);
  const unsent = queue(`talk ${options.sayUrl}`);
  let after = options.after ?? 0;
  let socket = null;
  let ready = false;
  let over = false;
  let polling = false;
  let state = "";
  let failures = 0;
  let pollFailures = 0;
  let renewing = false;
  let heard = 0;
  let asking = false;
  let readUpTo = 0;
  let lastTyping = 0;
  const sent = new Map(); // cid -> when it was handed to the wire
  const held = new Map(); // cid -> not before this time
  const timers = {};

  const later = (key, run, ms) => {
    clearTimeout(timers[key]);
    timers[key] = setTimeout(run, ms);
  };
  const become = (next) => {
    if (state === next) return;
    state = next;
    tell("onState", next);
  };
  const put = (frame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  const resume = () => {
    if (asking) return;
    asking = true;
    put({ t: "hello", after });
  };

  // --- What comes, by whichever way
  const take = (event) => {
    if (event.seq <= after) return true;
    if (event.seq !== after + 1) return false;
    after = event.seq;
    tell("onEvent", event);
    return true;
  };
  const renew = async () => {
    if (renewing) return;
    renewing = true;
    try {
      after = Number(options.onSnapshot ? await options.onSnapshot() : location.reload()) || after;
      renewing = false;
      resume();
    } catch {
      renewing = false;
      later("renew", renew, wait(fresh * 2));
    }
  };
  const settled = (cid) => {
    sent.delete(cid);
    held.delete(cid);
  };
  const answered = (answer) => {
    if (answer.t === "ack") {
      unsent.drop(answer.cid);
      settled(answer.cid);
      tell("onAck", answer);
      if (ready) flush();
    } else if (answer.t === "refused") {
      const again = answer.wait > 0 && unsent.has(answer.cid);
      settled(answer.cid);
      if (again) {
        held.set(answer.cid, Date.now() + answer.wait * 1000);
        later("held", flush, answer.wait * 1000 + Math.random() * 500);
      } else unsent.drop(answer.cid);
      tell("onRefused", { ...answer, again });
    }
  };
  const frames = {
    event(frame) {
      if (!renewing && !take(frame)) resume();
    },
    ready({ seq }) {
      asking = false;
      if (seq > after) {
        resume();
        return;
      }
      failures = 0;
      ready = true;
      polling = false;
      clearTimeout(timers.poll);
      clearTimeout(timers.open);
      become("live");
      sent.clear();
      flush();
    },
    ack: answered,
    refused: answered,
    snapshot() {
      asking = false;
      renew();
    },
    here: (frame) => tell("onHere", frame),
    typing: (frame) => tell("onTyping", frame),
  };

  // --- What goes
  const due = () => unsent.all().filter(({ cid }) => !sent.has(cid) && (held.get(cid) ?? 0) <= Date.now());

  function flush() {
    if (over) return;
    if (ready) {
      for (const entry of due().slice(0, Math.max(0, atOnce - sent.size))) {
        const frame = { t: "say", ...entry };
        sent.set(entry.cid, Date.now());
        if (new Blob([JSON.stringify(frame)]).size > largest) post([entry]);
        else put(frame);
      }
      later("acks", missing, patience * 2);
    } else if (polling) post(due());
  }

  /** Acknowledgements that do not come: said again (the name makes it one message), then on a new socket. */
  const missing = () => {
    const late = [...sent].filter(([cid, at]) => unsent.has(cid) && Date.now() - at > patience);
    if (!late.length || !ready) return;
    if (Date.now() - heard > patience * 2) {
      socket?.close();
      return;
    }
    for (const [cid] of late) sent.delete(cid);
    flush();
  };

  let posting = false;
  const post = async (entries) => {
    if (posting) return;
    posting = true;
    for (const entry of entries) {
      const body = new FormData();
      for (const [key, value] of Object.entries(entry)) if (value !== null && value !== undefined) body.set(key, value);
      body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
      const response = await fetch(options.sayUrl, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
      if (response && gone(response)) break;
      const answer = await response?.json().catch(() => null);
      if (!answer?.t) break;
      answered(answer);
    }
    posting = false;
    if (polling) later("poll", poll, 50);
  };

  // --- Polling, as long as there is no socket
  const gone = (response) => {
    if (response.redirected || response.status === 401) end("signedout");
    else if (response.status === 403 || response.status === 404) end("removed");
    return over;
  };
  const poll = async () => {
    if (over || !polling) return;
    const address = new URL(options.eventsUrl, location.href);
    address.searchParams.set("after", after);
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (over || (response && gone(response))) return;
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    pollFailures = answer ? 0 : pollFailures + 1;
    if (!polling) return;
    become(answer ? "polling" : "offline");
    if (answer?.snapshot) await renew();
    else for (const event of answer?.events ?? []) take(event);
    if (answer && due().length) post(due());
    const pause = document.hidden ? fresh * 5 : fresh;
    later("poll", poll, wait(Math.min(longest, pause * 2 ** Math.min(pollFailures, 4)) * 1.5));
  };
  const fall = () => {
    if (over || polling || ready) return;
    polling = true;
    poll();
  };

  // --- The socket
  const open = () => {
    clearTimeout(timers.again);
    if (over || socket) return;
    if (!polling) become(failures ? "offline" : "connecting");
    const address = new URL(options.socketUrl, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    if (options.lang) address.searchParams.set("lang", options.lang);
    const made = new WebSocket(address);
    socket = made;
    later("open", fall, patience);
    asking = false;
    made.addEventListener("open", resume);
    made.addEventListener("message", ({ data }) => {
      if (made !== socket) return;
      heard = Date.now();
      later("silence", ask, silence);
      const frame = JSON.parse(data);
      frames[frame.t]?.(frame);
    });
    made.addEventListener("close", ({ code }) => made === socket && lost(code));
  };
  const ask = () => {
    put({ t: "ping" });
    later("silence", () => socket?.close(), patience * 2);
  };
  const lost = (code) => {
    clearTimeout(timers.silence);
    socket = null;
    ready = false;
    sent.clear();
    if (over) return;
    failures += 1;
    // Never opened, or ended by the server: the other way at once, whose answer also says whether one is signed out or no member any
    // more (after a change of the password in another window one is neither). A break is tried again first; everybody at another moment.
    if (failures > 1 || [4001, 4003, 4029].includes(code)) fall();
    else later("open", fall, patience);
    const base = code === 4029 ? longest : Math.min(longest, 1000 * 2 ** Math.min(failures, 5));
    later("again", open, wait(base));
  };
  const end = (last) => {
    if (over) return;
    close();
    become(last);
  };
  const hurry = () => {
    if (over || document.hidden) return;
    if (!socket) open();
    else if (ready && Date.now() - heard > silence) ask();
    if (polling) later("poll", poll, 0);
  };

  function close() {
    over = true;
    polling = ready = false;
    for (const timer of Object.values(timers)) clearTimeout(timer);
    removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
    socket?.close(1000);
    socket = null;
  }

  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  open();

  return {
    say({ body, thread = null, quote = null, cid = name() }) {
      unsent.add({ cid, body, thread, quote });
      flush();
      return cid;
    },
    waiting: unsent.all,
    read(seq) {
      if (seq <= readUpTo) return;
      readUpTo = seq;
      later("read", () => put({ t: "read", seq: readUpTo }), 1000);
    },
    typing() {
      if (Date.now() - lastTyping < 3000) return;
      lastTyping = Date.now();
      put({ t: "typing" });
    },
    close,
  };
}
