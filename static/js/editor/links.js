// Links: asked for, pasted over words, or made of an address that was typed.
import { Plugin } from "prosemirror-state";
import { safe, schema } from "./schema.js";

const { link } = schema.marks;
const address = /^https?:\/\/[^\s<>"]+$/i;

/** Where the link around the caret begins and ends. */
function around(state) {
  const { $from } = state.selection;
  let found = null;
  $from.parent.forEach((node, offset) => {
    const start = $from.start() + offset;
    const mark = link.isInSet(node.marks);
    if (mark && start <= $from.pos && $from.pos <= start + node.nodeSize) found = [start, start + node.nodeSize, mark.attrs.href];
  });
  return found;
}

export function present(state) {
  return around(state)?.[2] ?? "";
}

/** "" takes the link away. What is no address a browser opens is refused. */
export function setLink(view, typed) {
  const { state } = view;
  const { from, to, empty } = state.selection;
  const wanted = typed && !/^[a-z]+:|^[/#]/i.test(typed) ? `https://${typed}` : typed;
  if (wanted && !safe(wanted)) return false;
  const here = around(state);
  const [start, end] = empty && here ? here : [from, to];
  const { tr } = state;
  if (!wanted) tr.removeMark(start, end, link);
  else if (start === end) tr.replaceSelectionWith(schema.text(typed, [link.create({ href: wanted })]), false);
  else tr.removeMark(start, end, link).addMark(start, end, link.create({ href: wanted }));
  view.dispatch(tr.removeStoredMark(link).scrollIntoView());
  return true;
}

export const typedLinks = new Plugin({
  props: {
    handleTextInput(view, from, to, text) {
      if (text !== " ") return false;
      const { $from } = view.state.selection;
      const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 300), $from.parentOffset, null, "\ufffc");
      const word = before.slice(before.search(/\S*$/));
      if (!address.test(word) || $from.parent.type.spec.code) return false;
      const { tr } = view.state;
      view.dispatch(tr.addMark(from - word.length, from, link.create({ href: word })).insertText(" ", from, to).removeStoredMark(link));
      return true;
    },
    handlePaste(view, event) {
      const typed = event.clipboardData?.getData("text/plain").trim() ?? "";
      const { empty, $from } = view.state.selection;
      if (!address.test(typed) || $from.parent.type.spec.code) return false;
      if (!empty) return setLink(view, typed);
      view.dispatch(view.state.tr.replaceSelectionWith(schema.text(typed, [link.create({ href: typed })]), false).scrollIntoView());
      return true;
    },
  },
});
