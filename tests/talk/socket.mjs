// Plays a browser to static/js/talk/socket.js: node tests/talk/socket.mjs. Ends with an error where it does not keep its word.
import assert from "node:assert/strict";
import { connect } from "../../static/js/talk/socket.js";

const stored = {};
const sockets = [];
let posts = [];
let reply;

class WebSocket {
  static OPEN = 1;
  constructor(address) {
    Object.assign(this, { address: String(address), readyState: 0, ears: {}, out: [] });
    sockets.push(this);
  }
  addEventListener(name, ear) {
    this.ears[name] = ear;
  }
  send(text) {
    this.out.push(JSON.parse(text));
  }
  close(code = 1005) {
    this.readyState = 3;
    this.ears.close?.({ code });
  }
  opens() {
    this.readyState = 1;
    this.ears.open();
  }
  hears(...frames) {
    for (const frame of frames) this.ears.message({ data: JSON.stringify(frame) });
  }
  sent(kind) {
    return this.out.filter((frame) => frame.t === kind);
  }
}
const deaf = { addEventListener() {}, removeEventListener() {} };
Object.assign(globalThis, deaf, {
  WebSocket,
  document: { ...deaf, hidden: false, querySelector: () => ({ value: "token" }) },
  location: { href: "http://site/page" },
  sessionStorage: { getItem: (key) => stored[key] ?? null, setItem: (key, value) => (stored[key] = value), removeItem: (key) => delete stored[key] },
  fetch: async (address, options) => {
    if (options.method) posts.push(options.body);
    return reply(options);
  },
});
const settle = () => new Promise((done) => setTimeout(done, 20));
const json = (status, body) => ({ ok: status === 200, status, json: async () => body });

function page(after) {
  const told = { events: [], acks: [], states: [] };
  const wire = connect({
    socketUrl: "/ws/channels/7/", eventsUrl: "/events/", sayUrl: "/say/", after, lang: "th",
    onEvent: ({ seq }) => told.events.push(seq), onAck: ({ cid }) => told.acks.push(cid), onState: (state) => told.states.push(state),
    onSnapshot: async () => 20,
  });
  return { told, wire, socket: sockets.at(-1) };
}
const events = (...numbers) => numbers.map((seq) => ({ t: "event", seq }));

// Resumes where the page stands; each event once and in order; a gap is asked for once.
const { told, wire, socket } = page(3);
assert.equal(socket.address, "ws://site/ws/channels/7/?lang=th");
socket.opens();
assert.deepEqual(socket.out, [{ t: "hello", after: 3 }]);
const first = wire.say({ body: "<p>a</p>" });
assert.equal(socket.sent("say").length, 0);
socket.hears(...events(4, 4), { t: "ready", seq: 4 });
assert.deepEqual(socket.sent("say").map(({ cid }) => cid), [first]);
socket.hears({ t: "ack", cid: first, id: 1, seq: 5 }, ...events(5, 7, 8));
assert.deepEqual(socket.sent("hello").map(({ after }) => after), [3, 5]);
socket.hears(...events(6, 7, 8), { t: "ready", seq: 8 });
assert.deepEqual(told.events, [4, 5, 6, 7, 8]);

// Five at once, the others as answers come; what is refused for a moment stays.
for (let number = 0; number < 8; number += 1) wire.say({ body: `<p>${number}</p>` });
assert.equal(socket.sent("say").length, 6);
socket.hears({ t: "ack", cid: socket.sent("say")[1].cid, id: 2, seq: 9 });
assert.equal(socket.sent("say").length, 7);
socket.hears({ t: "refused", cid: socket.sent("say")[2].cid, words: "slowly", wait: 5 });
assert.equal(wire.waiting().length, 7);

// Too far behind: the page is loaded anew, and it goes on from there.
socket.hears({ t: "snapshot" });
await settle();
assert.deepEqual(socket.out.at(-1), { t: "hello", after: 20 });

// Ended by the server: the other way is asked whether that is final.
reply = () => json(404, {});
socket.close(4003);
await settle();
assert.deepEqual(told.states, ["connecting", "live", "removed"]);

// The next page of the tab sends what is left, without a socket, under the same names.
const left = JSON.parse(stored["talk /say/"]).map(({ cid }) => cid);
posts = [];
reply = ({ method, body }) => json(200, method ? { t: "ack", cid: body.get("cid"), id: 9, seq: 30 } : { seq: 21, events: events(21), snapshot: false });
const next = page(20);
assert.equal(next.wire.waiting().length, 7);
next.socket.close(4029);
await settle();
assert.deepEqual([next.told.events, next.told.acks, next.wire.waiting()], [[21], left, []]);
assert.deepEqual(posts.map((body) => [body.get("cid"), body.get("csrfmiddlewaretoken")]), left.map((cid) => [cid, "token"]));
assert.deepEqual([next.told.states, stored], [["connecting", "polling"], {}]);
next.wire.close();
