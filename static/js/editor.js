// The editor over a text area (components/editor.html). The form sends the text area, which always holds what is written here.
import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState, Selection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { keys } from "./editor/commands.js";
import { typedLinks } from "./editor/links.js";
import { people } from "./editor/people.js";
import { fromElsewhere } from "./editor/paste.js";
import { put, waiting } from "./editor/pictures.js";
import { wholeCells } from "./editor/tables.js";
import { read, write } from "./editor/text.js";
import { tools } from "./editor/tools.js";

function dressed(address) {
  if (!address || document.querySelector(`link[href="${CSS.escape(address)}"]`)) return Promise.resolve();
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  const ready = new Promise((done) => {
    sheet.onload = sheet.onerror = done;
  });
  document.head.append(sheet);
  return ready;
}

/** Names and describes the text as the text area was named and described. */
function named(area) {
  const label = area.labels?.[0];
  const found = { role: "textbox", "aria-multiline": "true", class: "ed-text prose" };
  if (label) {
    label.id ||= `${area.id}-label`;
    found["aria-labelledby"] = label.id;
  }
  for (const name of ["aria-describedby", "aria-invalid"]) if (area.hasAttribute(name)) found[name] = area.getAttribute(name);
  return found;
}

/** People who may read what this form will be: the circle that is chosen in it now, or that of the question it belongs to. */
function addressOf(root, form) {
  return (letters) => {
    const address = new URL(root.dataset.people, location.href);
    address.searchParams.set("q", letters);
    for (const name of ["visibility", "community"]) {
      const value = new FormData(form).get(name);
      if (value) address.searchParams.set(name, value);
    }
    return address;
  };
}

export async function start(root) {
  const area = root.querySelector("textarea");
  const form = area.form;
  const kind = root.querySelector("input[name$='_format']");
  await dressed(root.dataset.sheet);
  root.append(root.querySelector("template").content.cloneNode(true));
  const said = root.querySelector(".ed-said");
  // Clicked by the tool only, so nobody needs to find it.
  const file = Object.assign(document.createElement("input"), { type: "file", accept: "image/jpeg,image/png,image/webp,image/gif" });
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const focused = document.activeElement === area;
  const id = area.id;
  let bar;

  const send = async (view, files, at) => {
    said.textContent = said.dataset.sending;
    for (const one of files) {
      try {
        const spot = await put(view, one, at, root.dataset.pictures, token, said.dataset.failed);
        said.textContent = said.dataset.sent;
        if (spot !== null) bar.describe(spot);
      } catch (refused) {
        said.textContent = refused.message;
      }
    }
  };
  const act = {
    "Mod-k": () => {
      bar.link();
      return true;
    },
    "Alt-F10": () => {
      bar.focus();
      return true;
    },
    "Mod-Enter": () => {
      form.requestSubmit(form.querySelector("button.go"));
      return true;
    },
  };
  const plugins = [keymap(act), keymap(keys), wholeCells, keymap(baseKeymap), history(), typedLinks, fromElsewhere];
  if (root.dataset.people) plugins.unshift(people(root, addressOf(root, form), (n) => (said.textContent = `${n} ${said.dataset.people}`)));
  if (root.dataset.pictures) plugins.push(waiting(send));

  const view = new EditorView(
    { mount: document.createElement("div") },
    {
      state: EditorState.create({ doc: read(area.value, kind.value), plugins }),
      attributes: named(area),
      dispatchTransaction(tr) {
        view.updateState(view.state.apply(tr));
        bar?.show(view.state);
        if (!tr.docChanged) return;
        kind.value = "html";
        area.value = write(view.state.doc);
        area.dispatchEvent(new Event("input", { bubbles: true }));
      },
    },
  );
  root.querySelector(".ed-table").after(view.dom);
  bar = tools(root, view, () => file.click());
  file.addEventListener("change", () => {
    send(view, [...file.files], view.state.selection.from);
    file.value = "";
  });
  // Labels and links to errors lead to the id, so it moves to what is seen now.
  const { labels } = area;
  for (const label of [...labels]) label.addEventListener("click", () => view.focus());
  area.id = `${id}-sent`;
  view.dom.id = id;
  // A browser that fills the form again after "back" would not fill both fields alike.
  area.autocomplete = kind.autocomplete = "off";
  area.hidden = true;
  root.dataset.ready = "";
  if (!focused) return;
  view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)));
  view.focus();
}
