// <form data-controller="suggest" data-from="/search/suggest/">: a list below the search box while typing (ARIA combobox).
// The server writes the list; without it, or without this script, the form searches as any form does.
const least = 2;
const pause = 200;

export function suggest(form) {
  const box = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  const said = document.createElement("p");
  let options = [];
  let at = -1;
  let timer;
  let request;

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  const point = (to) => {
    options[at]?.setAttribute("aria-selected", "false");
    at = to;
    options[at]?.setAttribute("aria-selected", "true");
    options[at]?.scrollIntoView({ block: "nearest" });
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options[at].id);
  };
  const show = (open) => {
    point(-1);
    list.hidden = !open;
    box.setAttribute("aria-expanded", open);
  };
  const forget = () => {
    clearTimeout(timer);
    request?.abort();
    show(false);
  };
  const ask = async () => {
    request = new AbortController();
    const address = `${form.dataset.from}?q=${encodeURIComponent(box.value)}`;
    const answer = await fetch(address, { signal: request.signal }).catch(() => null);
    const html = answer?.status === 200 ? await answer.text().catch(() => "") : "";
    if (!html || document.activeElement !== box) return;
    list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
    options = [...list.querySelectorAll("[role=option]")];
    for (const [n, option] of options.entries()) option.id = `${list.id}-${n}`;
    show(options.length > 0);
    said.textContent = list.firstElementChild?.dataset.said ?? "";
  };

  set(list, { id: `${box.id}-list`, class: "sug", role: "listbox", "aria-label": form.getAttribute("aria-label") });
  set(said, { class: "vh", role: "status" });
  set(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
  form.append(list, said);
  show(false);

  box.addEventListener("input", () => {
    forget();
    said.textContent = "";
    if (box.value.trim().length >= least) timer = setTimeout(ask, pause);
  });
  box.addEventListener("keydown", (event) => {
    const { key } = event;
    if (list.hidden || event.isComposing) return;
    if (key === "ArrowDown") point(at + 1 < options.length ? at + 1 : -1);
    else if (key === "ArrowUp") point(at < 0 ? options.length - 1 : at - 1);
    else if (key === "Escape") forget();
    else if (key === "Enter" && at >= 0) options[at].click();
    else return;
    event.preventDefault();
  });
  // A press on the list must not take the focus, or the list closes before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("blur", forget);
  form.addEventListener("submit", forget);
}
