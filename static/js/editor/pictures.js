// Pictures: pasted, dropped or chosen, sent to the server, and put where the caret was when they were.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { schema } from "./schema.js";

const key = new PluginKey("waiting");
const kinds = /^image\/(png|jpeg|webp|gif)$/;

const images = (list) => [...(list ?? [])].filter((file) => kinds.test(file.type));

function place() {
  const dot = document.createElement("span");
  dot.className = "ed-wait";
  return dot;
}

/** `send(view, files, at)` is called with what was pasted or dropped. */
export function waiting(send) {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const moved = set.map(tr.mapping, tr.doc);
        const told = tr.getMeta(key);
        if (told?.add) return moved.add(tr.doc, [Decoration.widget(told.at, place, { id: told.add })]);
        if (told?.off) return moved.remove(moved.find(null, null, (spec) => spec.id === told.off));
        return moved;
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handlePaste(view, event) {
        const files = images(event.clipboardData?.files);
        // Office programs add a picture of the words that were copied: then the words are meant.
        const words = event.clipboardData?.getData("text/plain").trim();
        if (!files.length || words) return false;
        send(view, files, view.state.selection.from);
        return true;
      },
      handleDrop(view, event, _slice, moved) {
        const files = images(event.dataTransfer?.files);
        if (moved || !files.length) return false;
        send(view, files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.from);
        return true;
      },
    },
  });
}

/** Sends one file. Answers with the position of the picture, or throws the words of the refusal. */
export async function put(view, file, at, to, token, failed) {
  const mark = {};
  view.dispatch(view.state.tr.setMeta(key, { add: mark, at }));
  const data = new FormData();
  data.append("picture", file);
  const answer = await fetch(to, { method: "POST", body: data, headers: { "X-CSRFToken": token } }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  const spot = key.getState(view.state).find(null, null, (spec) => spec.id === mark)[0]?.from;
  const tr = view.state.tr.setMeta(key, { off: mark });
  if (!told?.url) {
    view.dispatch(tr);
    throw new Error(told?.error ?? failed);
  }
  if (spot === undefined) return null;
  const { url, width, height } = told;
  view.dispatch(tr.replaceWith(spot, spot, schema.nodes.image.create({ src: url, width: String(width), height: String(height) })));
  return spot;
}
