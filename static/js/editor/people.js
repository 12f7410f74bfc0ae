// "@" and the first letters of a name: a list of people who may read this, written by the server as JSON.
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const asked = /(?:^|[^A-Za-z0-9])@([\p{L}\p{M}]{0,30})$/u;
const pause = 250;

function typed(state) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type.spec.code) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, null, "\ufffc");
  const found = before.match(asked);
  return found && { name: found[1], from: $from.pos - found[1].length - 1, to: $from.pos };
}

/** @param address gives the whole address for some letters; @param say tells a screen reader how many there are. */
export function people(root, address, say) {
  const list = document.createElement("div");
  list.id = `ed-people-${Math.random().toString(36).slice(2)}`;
  list.className = "ed-people";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "@");
  list.hidden = true;
  root.append(list);
  let view;
  let found = [];
  let at = 0;
  let timer;
  let request;

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    found = [];
    list.hidden = true;
    view?.dom.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    at = (to + found.length) % found.length;
    for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === at));
    view.dom.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (person) => {
    const here = typed(view.state);
    if (!here) return;
    const mention = schema.nodes.mention.create({ href: person.url, name: person.name });
    view.dispatch(view.state.tr.replaceWith(here.from, here.to, [mention, schema.text(" ")]).scrollIntoView());
    close();
    view.focus();
  };
  const option = (person, n) => {
    const line = document.createElement("div");
    line.id = `${list.id}-${n}`;
    line.setAttribute("role", "option");
    const name = document.createElement("b");
    name.textContent = person.name;
    const note = document.createElement("small");
    note.textContent = person.note;
    line.append(name, note);
    // The press must not take the caret out of the text.
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(person);
    });
    return line;
  };
  const ask = async (name) => {
    request = new AbortController();
    const answer = await fetch(address(name), { signal: request.signal }).catch(() => null);
    const told = answer?.status === 200 ? await answer.json().catch(() => null) : null;
    if (!told || typed(view.state)?.name !== name) return;
    found = told.people;
    if (!found.length) {
      close();
      return;
    }
    list.replaceChildren(...found.map(option));
    list.hidden = false;
    point(0);
    say(found.length);
  };

  return new Plugin({
    view: (started) => {
      view = started;
      view.dom.setAttribute("aria-controls", list.id);
      return {
        update(_view, before) {
          if (before.doc.eq(view.state.doc) && before.selection.eq(view.state.selection)) return;
          const here = typed(view.state);
          close();
          if (here?.name) timer = setTimeout(() => ask(here.name), pause);
        },
        destroy: close,
      };
    },
    props: {
      handleKeyDown(_view, event) {
        if (list.hidden || event.isComposing) return false;
        if (event.key === "ArrowDown") point(at + 1);
        else if (event.key === "ArrowUp") point(at - 1);
        else if (event.key === "Enter" || event.key === "Tab") choose(found[at]);
        else if (event.key === "Escape") close();
        else return false;
        return true;
      },
      handleDOMEvents: {
        blur: () => {
          close();
          return false;
        },
      },
    },
  });
}
