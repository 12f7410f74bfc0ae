// <body data-controller="shortcuts">: "/" goes to the search box, "j" and "k" walk the rows of a list,
// "?" opens the list of keys (<details data-keys-help>; a page with keys of its own has one before the footer's), Esc leaves it.
// Never inside a field, never with a modifier, and off where the reader switched single keys off (WCAG 2.1.4).
const typing = "input, textarea, select, [contenteditable]";

function walk(step) {
  const links = [...document.querySelectorAll(".row h3 a, .row .row-t a")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
}

let left = null;

function help() {
  const list = document.querySelector("[data-keys-help]");
  if (!list || list.contains(document.activeElement)) return;
  left = document.activeElement;
  list.open = true;
  list.querySelector("summary").focus();
  list.scrollIntoView({ block: "nearest" });
}

function leave() {
  const list = document.activeElement?.closest("[data-keys-help]");
  if (!list?.open) return;
  list.open = false;
  if (left?.isConnected) left.focus();
}

const keys = {
  "?": help,
  "/": () => {
    const boxes = [...document.querySelectorAll("input[type=search]")];
    boxes.find((box) => box.offsetParent !== null)?.focus();
  },
  j: () => walk(1),
  k: () => walk(-1),
};

export function shortcuts(body) {
  if (body.dataset.keys === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(typing)) return;
    if (event.key === "Escape") leave();
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
