// What was said and is not acknowledged yet. It outlives a reload of the page (sessionStorage) and goes with the tab: on a machine that
// many people use, nobody finds another's unsent words. Where storage is closed to us, memory has to do.

/** Returns {add, drop, all, has}; entries are {cid, body, thread, quote}, in the order they were said. */
export function queue(name) {
  let kept = [];
  try {
    const found = JSON.parse(sessionStorage.getItem(name) ?? "[]");
    if (Array.isArray(found)) kept = found.filter((entry) => typeof entry?.cid === "string" && typeof entry.body === "string");
  } catch {
    kept = [];
  }

  const store = () => {
    try {
      if (kept.length) sessionStorage.setItem(name, JSON.stringify(kept));
      else sessionStorage.removeItem(name);
    } catch {
      // Full or forbidden: memory keeps it as long as the page is open.
    }
  };

  return {
    add(entry) {
      kept.push(entry);
      store();
    },
    drop(cid) {
      const before = kept.length;
      kept = kept.filter((entry) => entry.cid !== cid);
      if (kept.length !== before) store();
    },
    all: () => [...kept],
    has: (cid) => kept.some((entry) => entry.cid === cid),
  };
}

/** A name for a message, chosen here: the server takes the same name once. */
export function name() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
