// Tables: made, walked through with Tab, and changed by row and column.
import { Plugin, Selection, TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { table, table_row, table_cell, table_header } = schema.nodes;
const isCell = (node) => node.type === table_cell || node.type === table_header;

/** Where the caret stands in a table: the table, and the numbers of row and column. */
export function at(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 1; depth -= 1) {
    if (!isCell($from.node(depth))) continue;
    const start = $from.start(depth - 2);
    return { table: $from.node(depth - 2), start, row: $from.index(depth - 2), column: $from.index(depth - 1) };
  }
  return null;
}

function position(whole, start, row, column) {
  let found = start;
  for (let n = 0; n < row; n += 1) found += whole.child(n).nodeSize;
  found += 1;
  for (let n = 0; n < column; n += 1) found += whole.child(row).child(n).nodeSize;
  return found;
}

function into(transaction, place) {
  return transaction.setSelection(Selection.near(transaction.doc.resolve(place), 1)).scrollIntoView();
}

export function makeTable(state, dispatch) {
  if (at(state)) return false;
  const row = (type) => table_row.create(null, [1, 2, 3].map(() => type.createAndFill()));
  const made = table.create(null, [row(table_header), row(table_cell), row(table_cell)]);
  const { tr } = state;
  const start = tr.selection.from;
  tr.replaceSelectionWith(made);
  let first = null;
  tr.doc.nodesBetween(Math.max(0, start - 2), tr.doc.content.size, (node, pos) => {
    if (first === null && node.type === table && pos >= start - 2) first = pos;
    return first === null;
  });
  // Below a table at the end there would be no place to write on.
  if (first !== null && tr.doc.lastChild.type === table) tr.insert(tr.doc.content.size, schema.nodes.paragraph.create());
  dispatch?.(first === null ? tr : into(tr, first + 3));
  return true;
}

export const step = (way) => (state, dispatch) => {
  const here = at(state);
  if (!here) return false;
  const rows = here.table.childCount;
  let [row, column] = [here.row, here.column + way];
  if (column < 0) row -= 1;
  else if (column >= here.table.child(row).childCount) row += 1;
  if (row < 0) return false;
  if (row >= rows) return addRow(state, dispatch);
  if (row !== here.row) column = way > 0 ? 0 : here.table.child(row).childCount - 1;
  dispatch?.(into(state.tr, position(here.table, here.start, row, column) + 1));
  return true;
};

export function addRow(state, dispatch) {
  const here = at(state);
  if (!here) return false;
  const model = here.table.child(here.row);
  const row = table_row.create(null, Array.from({ length: model.childCount }, () => table_cell.createAndFill()));
  const place = position(here.table, here.start, here.row, 0) - 1 + model.nodeSize;
  dispatch?.(into(state.tr.insert(place, row), place + 2));
  return true;
}

export function addColumn(state, dispatch) {
  const here = at(state);
  if (!here) return false;
  const { tr } = state;
  for (let row = here.table.childCount - 1; row >= 0; row -= 1) {
    const model = here.table.child(row);
    const column = Math.min(here.column, model.childCount - 1);
    const place = position(here.table, here.start, row, column) + model.child(column).nodeSize;
    tr.insert(place, model.child(column).type.createAndFill());
  }
  dispatch?.(tr.scrollIntoView());
  return true;
}

export function dropTable(state, dispatch) {
  const here = at(state);
  if (!here) return false;
  dispatch?.(state.tr.delete(here.start - 1, here.start - 1 + here.table.nodeSize).scrollIntoView());
  return true;
}

export function dropRow(state, dispatch) {
  const here = at(state);
  if (!here) return false;
  if (here.table.childCount === 1) return dropTable(state, dispatch);
  const from = position(here.table, here.start, here.row, 0) - 1;
  dispatch?.(state.tr.delete(from, from + here.table.child(here.row).nodeSize).scrollIntoView());
  return true;
}

export function dropColumn(state, dispatch) {
  const here = at(state);
  if (!here) return false;
  if (here.table.child(here.row).childCount === 1) return dropTable(state, dispatch);
  const { tr } = state;
  for (let row = here.table.childCount - 1; row >= 0; row -= 1) {
    const model = here.table.child(row);
    if (model.childCount <= Math.max(1, here.column)) continue;
    const from = position(here.table, here.start, row, here.column);
    tr.delete(from, from + model.child(here.column).nodeSize);
  }
  dispatch?.(tr.scrollIntoView());
  return true;
}

const cellAround = ($pos) => {
  for (let depth = $pos.depth; depth > 1; depth -= 1) if (isCell($pos.node(depth))) return [$pos.before(depth), $pos.before(depth - 2)];
  return null;
};

/** Deleting over several cells empties them and leaves the table whole. */
export const wholeCells = new Plugin({
  props: {
    handleKeyDown(view, event) {
      const { $from, $to, empty } = view.state.selection;
      const [first, last] = [cellAround($from), cellAround($to)];
      if (empty || !first || !last || first[0] === last[0] || first[1] !== last[1]) return false;
      if (event.key !== "Backspace" && event.key !== "Delete") return false;
      const { tr } = view.state;
      const cells = [];
      tr.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
        if (isCell(node)) cells.unshift([pos, node]);
      });
      for (const [pos, node] of cells) tr.replaceWith(pos + 1, pos + node.nodeSize - 1, schema.nodes.paragraph.create());
      view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(first[0] + 1))));
      return true;
    },
  },
});
