// "@" and the first letters of a name in a plain box: a list of members, chosen by arrow keys or pointer.
const asked = /(?:^|[^A-Za-z0-9])@([\p{L}\p{M}]{1,30})$/u;
const pause = 250;

/** @param found collects whom the text names; @param say tells a screen reader how many there are. */
export function names(area, found, say) {
  const list = Object.assign(document.createElement("div"), { className: "names", id: `${area.id}-names`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  let people = [];
  let at = 0;
  let timer;
  let request;

  const before = () => area.value.slice(0, area.selectionStart);
  const close = () => {
    clearTimeout(timer);
    request?.abort();
    people = [];
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    at = (to + people.length) % people.length;
    for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === at));
    area.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  };
  const choose = (person) => {
    const typed = before().match(asked);
    if (!typed) return;
    found.set(person.name, person.url);
    area.setRangeText(`@${person.name} `, area.selectionStart - typed[1].length - 1, area.selectionStart, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  };
  const option = (person, n) => {
    const row = Object.assign(document.createElement("div"), { id: `${list.id}-${n}` });
    row.setAttribute("role", "option");
    row.append(
      Object.assign(document.createElement("b"), { textContent: person.name }),
      Object.assign(document.createElement("small"), { textContent: person.note }),
    );
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(person);
    });
    return row;
  };
  const look = async (letters) => {
    request = new AbortController();
    const address = `${area.dataset.people}?q=${encodeURIComponent(letters)}`;
    const answer = await fetch(address, { signal: request.signal }).catch(() => null);
    const told = answer?.status === 200 ? await answer.json().catch(() => null) : null;
    if (!told?.people.length || before().match(asked)?.[1] !== letters) return;
    people = told.people;
    list.replaceChildren(...people.map(option));
    list.hidden = false;
    point(0);
    say(people.length);
  };

  area.addEventListener("input", () => {
    close();
    const typed = before().match(asked);
    if (typed) timer = setTimeout(() => look(typed[1]), pause);
  });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") choose(people[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}
