// What the tools and keys do.
import { chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { schema } from "./schema.js";
import { addColumn, addRow, at, dropColumn, dropRow, dropTable, makeTable, step } from "./tables.js";

const { nodes, marks } = schema;

/** Whether the caret stands inside a node of this type. */
export function inside(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
}

export function marked(state, mark) {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(mark.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, mark);
}

const list = (type) => (state, dispatch) =>
  inside(state, type) ? liftListItem(nodes.list_item)(state, dispatch) : wrapInList(type)(state, dispatch);

const quote = (state, dispatch) =>
  inside(state, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch);

// Some words of a line, or whole lines.
const code = (state, dispatch) => {
  const { empty, $from, $to } = state.selection;
  if (inside(state, nodes.code_block)) return setBlockType(nodes.paragraph)(state, dispatch);
  if (!empty && $from.sameParent($to)) return toggleMark(marks.code)(state, dispatch);
  return setBlockType(nodes.code_block)(state, dispatch);
};

const newLine = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

export const commands = {
  bold: toggleMark(marks.strong),
  italic: toggleMark(marks.em),
  bullets: list(nodes.bullet_list),
  numbers: list(nodes.ordered_list),
  quote,
  code,
  table: makeTable,
  rowAfter: addRow,
  columnAfter: addColumn,
  rowOff: dropRow,
  columnOff: dropColumn,
  tableOff: dropTable,
  undo,
  redo,
};

export const pressed = {
  bold: (state) => marked(state, marks.strong),
  italic: (state) => marked(state, marks.em),
  link: (state) => marked(state, marks.link),
  bullets: (state) => inside(state, nodes.bullet_list),
  numbers: (state) => inside(state, nodes.ordered_list),
  quote: (state) => inside(state, nodes.blockquote),
  code: (state) => inside(state, nodes.code_block) || marked(state, marks.code),
  table: (state) => Boolean(at(state)),
};

export const keys = {
  "Mod-b": commands.bold,
  "Mod-i": commands.italic,
  "Mod-e": code,
  "Mod-Shift-7": commands.numbers,
  "Mod-Shift-8": commands.bullets,
  "Mod-Shift-9": quote,
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
  Enter: splitListItem(nodes.list_item),
  "Shift-Enter": newLine,
  // Only in lists and tables; elsewhere Tab leaves the text, as it leaves every field.
  Tab: chainCommands(step(1), sinkListItem(nodes.list_item)),
  "Shift-Tab": chainCommands(step(-1), liftListItem(nodes.list_item)),
};
