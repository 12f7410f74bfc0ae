// The messages on the page: new ones below, changed ones in their place, days between them, and no jump for who reads further up.
import { element } from "./words.js";

const near = 80; // pixels from the end that still count as the end

/** @param me who reads: {id, staff, thread}; @param onSeen is called when the newest is looked at. */
export function stream(log, me, onSeen) {
  const list = log.querySelector(".msgs");
  // Below the stream, and not read out: one's own words are known to who wrote them.
  const pending = Object.assign(document.createElement("ol"), { className: "msgs pending" });
  pending.setAttribute("aria-live", "off");
  list.after(pending);
  const pressed = new Map();
  let unseen = 0;

  // The log grows upwards from its end (column-reverse): 0 is the end.
  const isAtEnd = () => log.scrollTop > -near;
  const toEnd = () => {
    log.scrollTop = 0;
    seen();
  };
  const seen = () => {
    if (!isAtEnd() || document.hidden) return;
    unseen = 0;
    onSeen(0);
  };

  const remember = (line) => {
    const kinds = [...line.querySelectorAll("[data-act][name=kind][aria-pressed=true]")].map((button) => button.value);
    pressed.set(line.dataset.id, new Set(kinds));
  };
  const show = (line, button, on) => {
    button.setAttribute("aria-pressed", String(on));
    button.classList.toggle("ok", on);
  };
  /** What is this reader's own at a message that was drawn for everybody. */
  const own = (line) => {
    const { id, author, by } = line.dataset;
    const mine = Boolean(author) && author === me.id;
    const restores = mine ? by === me.id : me.staff && by !== author;
    const hidden = { author: !mine, staff: !me.staff, delete: !mine && !me.staff, report: mine, restore: !restores };
    line.classList.toggle("me", mine);
    for (const part of line.querySelectorAll("[data-for]")) {
      if (part.dataset.for === "others") part.disabled = mine;
      else part.hidden = hidden[part.dataset.for];
    }
    for (const button of line.querySelectorAll("[data-act][name=kind]")) show(line, button, pressed.get(id)?.has(button.value) ?? false);
    return line;
  };
  for (const line of list.querySelectorAll(".msg")) remember(line);

  const dayBefore = (line) => {
    const last = [...list.querySelectorAll(".msg")].at(-1);
    if (!line.dataset.day || last?.dataset.day === line.dataset.day) return [];
    const day = Object.assign(document.createElement("li"), { className: "sys day" });
    day.append(Object.assign(document.createElement("time"), { dateTime: line.dataset.day, textContent: line.dataset.dayWords }));
    return [day];
  };
  const append = (line, mine) => {
    log.querySelector("[data-empty-stream]")?.remove();
    const end = isAtEnd();
    const above = list.lastElementChild;
    const before = above?.getBoundingClientRect().top;
    list.append(...dayBefore(line), line);
    if (end || mine) toEnd();
    else {
      // Whatever the browser did about it, what one reads stays where it was.
      if (above) log.scrollTop += above.getBoundingClientRect().top - before;
      unseen += 1;
      onSeen(unseen);
    }
  };

  log.addEventListener("scroll", seen, { passive: true });
  document.addEventListener("visibilitychange", seen);

  return {
    /** An event with the HTML of its message; true where something was shown. */
    take({ kind, id, thread, html }) {
      if (!html) return false;
      const line = element(html);
      const there = id ? document.getElementById(line.id) : null;
      if (me.thread && String(thread ?? "") !== me.thread && !there) return false;
      if (there) {
        const focused = there.contains(document.activeElement);
        there.replaceWith(own(line));
        if (focused) line.focus({ preventScroll: true });
        return true;
      }
      if (kind === "changed") return false;
      const mine = Boolean(line.dataset.author) && line.dataset.author === me.id;
      for (const one of pending.children) if (id && one.dataset.id === String(id)) one.remove();
      append(line.dataset.id ? own(line) : line, mine);
      return true;
    },
    /** One's own words, before the server has them. */
    wait(cid, markup, words) {
      if (pending.querySelector(`[data-cid="${CSS.escape(cid)}"]`)) return;
      const line = element(`<ol><li class="msg me wait"><span class="face"></span><div><p class="by"><b></b> <small></small></p><div class="prose">${markup}</div></div></li></ol>`).firstElementChild;
      line.dataset.cid = cid;
      line.querySelector("b").textContent = me.you;
      line.querySelector("small").textContent = words;
      for (const link of line.querySelectorAll("a")) link.removeAttribute("href");
      pending.append(line);
      log.querySelector("[data-empty-stream]")?.remove();
      toEnd();
    },
    /** The server has them. */
    stored({ cid, id, seq }, words) {
      const line = pending.querySelector(`[data-cid="${CSS.escape(cid)}"]`);
      if (!line) return;
      if (seq !== null && document.getElementById(`m${id}`)) line.remove();
      line.dataset.id = id;
      line.classList.toggle("wait", seq === null);
      line.querySelector("small").textContent = seq === null ? words : "";
    },
    /** The server does not take them: with words they stay to be read, without any they go. Gives what was written. */
    refuse(cid, words) {
      const line = pending.querySelector(`[data-cid="${CSS.escape(cid)}"]`);
      if (!line) return;
      if (!words) line.remove();
      else {
        line.classList.replace("wait", "bad");
        line.querySelector("small").textContent = words;
      }
    },
    press(id, kind, on) {
      const kinds = pressed.get(id) ?? new Set();
      pressed.set(id, kinds);
      if (on) kinds.add(kind);
      else kinds.delete(kind);
      const line = document.getElementById(`m${id}`);
      if (line) own(line);
    },
    /** The stream as another page of the server shows it: instead of this one, or above it. */
    replace(page) {
      list.replaceChildren(...page.querySelectorAll(".msgs > *"));
      for (const line of list.querySelectorAll(".msg")) remember(line);
      toEnd();
    },
    prepend(page) {
      const first = list.querySelector(".sys.day");
      const lines = [...page.querySelectorAll(".msgs > *")].filter((line) => !line.classList.contains("unread"));
      const last = lines.filter((line) => line.dataset.day).at(-1);
      if (last && first?.querySelector("time")?.dateTime === last.dataset.day) first.remove();
      for (const line of lines) if (line.matches(".msg")) remember(line);
      list.prepend(...lines);
    },
    isAtEnd,
    toEnd,
    seen,
  };
}
