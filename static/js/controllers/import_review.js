// <div data-controller="importReview" data-edit="POST address" data-row="address of one row, with BLOCK for its id">
// Moves are sent in the background and only what changed is put in place; keys work on the row that has the focus.
// The server alone decides what a move does: each move carries the version it was made on.
const KINDS = {
  1: "practice",
  2: "success_factor",
  3: "obstacle",
  4: "observation",
  5: "lesson",
  6: "recommendation",
  7: "question",
  8: "answer",
  9: "definition",
  0: "metric",
};
const TYPES = { n: "session", t: "talk", h: "section", g: "group", i: "item", p: "paragraph" };
const TYPING = "input, textarea, select, [contenteditable]";

/** The nodes of a part that the server rendered; nothing in it can run. */
function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

export function importReview(box) {
  const list = box.querySelector("[data-rows]");
  const said = box.querySelector("[data-said]");
  const base = document.getElementById("edit");
  const part = (id) => document.getElementById(id);
  let sending = Promise.resolve();

  // --- Rows ---------------------------------------------------------------------------------------------------------------------
  const rows = () => [...list.querySelectorAll("[data-block]")];
  const rowOf = (node) => node?.closest?.("[data-block]");
  const byId = (id) => list.querySelector(`[data-block="${CSS.escape(id)}"]`);
  const handle = (row) => row?.querySelector("[data-open]") ?? row?.querySelector("[data-moves] button, [data-moves] a");
  const current = () => rowOf(document.activeElement);

  function go(row) {
    if (!row) return;
    handle(row)?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    mark(row);
  }

  function mark(row) {
    for (const line of box.querySelectorAll(".src .here")) line.classList.remove("here");
    const lines = box.querySelectorAll(`.src [data-of="${CSS.escape(row.dataset.block)}"]`);
    for (const line of lines) line.classList.add("here");
    const pane = lines[0]?.closest(".src");
    // On a phone the source stands above the rows: it must not pull the page away from them.
    if (pane && pane.scrollHeight > pane.clientHeight) pane.scrollTop = lines[0].offsetTop - pane.clientHeight / 3;
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(current());
    go(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  function nextDoubt(row) {
    const all = rows();
    const from = all.indexOf(row);
    go(all.slice(from + 1).find((one) => one.classList.contains("doubt")) ?? all[from + 1] ?? row);
  }

  function tell(words, bad) {
    said.textContent = "";
    said.textContent = words;
    said.classList.toggle("vh", !bad);
    said.classList.toggle("note", Boolean(bad));
    said.classList.toggle("bad", Boolean(bad));
  }

  // --- Opening and closing ------------------------------------------------------------------------------------------------------
  async function open(id, field) {
    const answer = await fetch(box.dataset.row.replace("BLOCK", encodeURIComponent(id)), { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const shown = list.querySelector("[data-moves]");
    if (shown && rowOf(shown).dataset.block !== id) await close(rowOf(shown));
    const row = put(id, await answer.text());
    (field ? row.querySelector(field) : null)?.focus();
    if (!field) go(row);
    mark(row);
  }

  async function close(row) {
    const form = row.querySelector("[data-moves]");
    const text = form?.querySelector("textarea[name=text]");
    if (text && text.value !== text.defaultValue && !window.confirm(box.dataset.unsaved ?? "…")) return;
    const answer = await fetch(`${box.dataset.row.replace("BLOCK", encodeURIComponent(row.dataset.block))}?closed=1`);
    if (answer.ok) put(row.dataset.block, await answer.text());
  }

  function put(id, html) {
    byId(id).replaceWith(...parsed(html));
    return byId(id);
  }

  // --- Moves --------------------------------------------------------------------------------------------------------------------
  function send(fields, then) {
    sending = sending.then(() => post(fields, then)).catch(() => tell(box.dataset.offline, true));
    return sending;
  }

  async function post(fields, then) {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", base.elements.csrfmiddlewaretoken.value);
    body.set("version", base.elements.version.value);
    const answer = await fetch(box.dataset.edit, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    const changed = await answer.json();
    if (!answer.ok) {
      tell(changed.message, true);
      if (changed.reload) setTimeout(() => window.location.reload(), 2500);
      return;
    }
    show(changed);
    then?.(changed);
    tell(changed.message);
  }

  function show(changed) {
    for (const field of document.querySelectorAll("input[name=version]")) field.value = changed.version;
    for (const id of changed.gone) byId(id)?.remove();
    for (const row of changed.rows) {
      if (byId(row.id)) put(row.id, row.html);
      else if (byId(row.after)) byId(row.after).after(...parsed(row.html));
      else list.prepend(...parsed(row.html));
    }
    for (const [number, [became, block]] of Object.entries(changed.lines)) {
      const line = part(`l-${number}`);
      if (!line) continue;
      line.className = `was-${became}`;
      line.dataset.of = block;
      line.querySelector("a")?.setAttribute("href", `#b-${block}`);
    }
    part("doubts").replaceChildren(...parsed(changed.doubts));
    part("bar").replaceChildren(...parsed(changed.bar));
  }

  const landed = (id) => (changed) => go(byId(id) ?? byId(changed.rows[0]?.id));

  function move(verb, row) {
    const before = rows()[rows().indexOf(row) - 1];
    const id = row.dataset.block;
    const opened = row.querySelector("[data-moves]") ? { open: "1" } : {};
    const then = verb === "merge" ? landed(before?.dataset.block) : verb === "confirm" ? () => nextDoubt(byId(id)) : landed(id);
    return send({ verb, block: id, ...opened }, then);
  }

  // --- Events -------------------------------------------------------------------------------------------------------------------
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    u: () => send({ verb: "undo" }, (changed) => go(byId(changed.rows[0]?.id))),
    r: () => send({ verb: "redo" }, (changed) => go(byId(changed.rows[0]?.id))),
  };
  const onRow = {
    e: (row) => open(row.dataset.block, "textarea"),
    s: (row) => open(row.dataset.block, "textarea"),
    c: (row) => move("confirm", row),
    m: (row) => move("merge", row),
    x: (row) => move(row.classList.contains("out") ? "put_back" : "leave_out", row),
    "[": (row) => move("level:-1", row),
    "]": (row) => move("level:1", row),
  };
  for (const [key, kind] of Object.entries(KINDS)) onRow[key] = (row) => move(`kind:${kind}`, row);
  for (const [key, type] of Object.entries(TYPES)) onRow[key] = (row) => move(`type:${type}`, row);

  function pressed(event) {
    if (document.body.dataset.keys === "off" || event.target.closest?.(TYPING)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = current();
    const act = keys[event.key] ?? (row && onRow[event.key] ? () => onRow[event.key](row) : null);
    if (!act) return;
    event.preventDefault();
    act();
  }

  function clicked(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = link.dataset.go ?? (link.matches("[data-open]") ? rowOf(link).dataset.block : null);
    if (to && byId(to)) {
      event.preventDefault();
      open(to);
    } else if (link.matches("[data-close]")) {
      event.preventDefault();
      const row = rowOf(link);
      close(row).then(() => go(byId(row.dataset.block)));
    }
  }

  function submitted(event) {
    const form = event.target;
    const verb = event.submitter?.value;
    if (form === base) {
      event.preventDefault();
      if (event.submitter.getAttribute("aria-disabled") !== "true") keys[verb === "undo" ? "u" : "r"]();
    } else if (form.matches("[data-moves]")) {
      event.preventDefault();
      const row = rowOf(form);
      const before = rows()[rows().indexOf(row) - 1];
      const id = verb === "merge" ? before?.dataset.block : row.dataset.block;
      const fields = { ...Object.fromEntries(new FormData(form)), verb };
      const keep = event.submitter.value;
      send(fields, (changed) => {
        if (verb === "confirm") return nextDoubt(byId(id));
        const same = byId(id)?.querySelector(`button[value="${CSS.escape(keep)}"]`);
        return same ? same.focus() : landed(id)(changed);
      });
    }
  }

  document.addEventListener("click", clicked);
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", pressed);
  list.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row && !event.target.matches("textarea, input")) mark(row);
  });
}
