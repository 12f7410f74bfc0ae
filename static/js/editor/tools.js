// The toolbar and the line that asks for an address or for what a picture shows.
import { NodeSelection } from "prosemirror-state";
import { commands, pressed } from "./commands.js";
import { present, setLink } from "./links.js";
import { at } from "./tables.js";

/** Buttons of a toolbar take one stop of the Tab key; arrows walk through them. */
function walk(bar) {
  const buttons = [...bar.querySelectorAll("button")];
  const rove = (to) => {
    for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
  };
  rove(buttons[0]);
  bar.addEventListener("focusin", (event) => rove(event.target.closest("button")));
  bar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: last }[event.key];
    if (to === undefined || here < 0) return;
    event.preventDefault();
    buttons[to < 0 ? last : to > last ? 0 : to].focus();
  });
}

export function tools(root, view, choosePicture) {
  const [bar, tableBar] = root.querySelectorAll(".ed-bar");
  const ask = root.querySelector(".ed-ask");
  const box = ask.querySelector("input");
  let done = null;

  const close = () => {
    ask.hidden = true;
    done = null;
    view.focus();
  };
  /** Shows the line; `then` gets what was typed and says whether that will do. */
  const question = (kind, value, then) => {
    for (const label of ask.querySelectorAll("[data-ask]")) label.hidden = label.dataset.ask !== kind;
    box.value = value;
    box.removeAttribute("aria-invalid");
    done = then;
    ask.hidden = false;
    box.focus();
    box.select();
  };
  const finish = () => {
    if (done && !done(box.value.trim())) box.setAttribute("aria-invalid", "true");
    else close();
  };
  const link = () => question("link", present(view.state), (typed) => setLink(view, typed));
  const describe = (pos) => {
    const node = view.state.doc.nodeAt(pos);
    if (node?.type.name !== "image") return;
    question("picture", node.attrs.alt, (alt) => {
      const there = view.state.doc.nodeAt(pos);
      if (there?.type.name === "image") view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...there.attrs, alt }));
      return true;
    });
  };
  const picture = () => {
    const { selection } = view.state;
    if (selection instanceof NodeSelection && selection.node.type.name === "image") describe(selection.from);
    else choosePicture();
  };
  const mention = () => {
    const { $from } = view.state.selection;
    const gap = $from.nodeBefore?.isText && !/\s$/.test($from.nodeBefore.text) ? " @" : "@";
    view.dispatch(view.state.tr.insertText(gap));
    view.focus();
  };
  const own = { link, picture, mention };

  for (const toolbar of [bar, tableBar]) {
    walk(toolbar);
    // The selection stays where it is.
    toolbar.addEventListener("pointerdown", (event) => event.preventDefault());
    toolbar.addEventListener("click", (event) => {
      const name = event.target.closest("button")?.dataset.do;
      if (!name) return;
      if (own[name]) own[name]();
      else {
        commands[name](view.state, view.dispatch, view);
        view.focus();
      }
    });
    toolbar.addEventListener("keydown", (event) => {
      if (event.key === "Escape") view.focus();
    });
  }
  ask.querySelector("[data-ok]").addEventListener("click", finish);
  ask.querySelector("[data-off]").addEventListener("click", close);
  ask.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === box && !event.isComposing) {
      event.preventDefault();
      finish();
    } else if (event.key === "Escape") close();
    event.stopPropagation();
  });
  // What is typed here is no part of the form.
  ask.addEventListener("input", (event) => event.stopPropagation());

  const show = (state) => {
    for (const button of bar.querySelectorAll("button")) {
      const on = pressed[button.dataset.do];
      if (on) button.setAttribute("aria-pressed", String(on(state)));
    }
    tableBar.hidden = !at(state);
  };
  show(view.state);
  return { show, link, describe, focus: () => bar.querySelector("[tabindex='0']").focus() };
}
