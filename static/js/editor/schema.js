// What a text may hold: the same as kmportal/core/clean.py lets through, so what is seen is what is kept.
import { Schema } from "prosemirror-model";

const person = /^\/(?:[a-z]{2}\/)?people\/[\w-]+\/$/;

const cell = (tag) => ({
  content: "(paragraph | bullet_list | ordered_list)+",
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 } },
  isolating: true,
  parseDOM: [{ tag, getAttrs: (dom) => ({ colspan: dom.colSpan || 1, rowspan: dom.rowSpan || 1 }) }],
  toDOM: ({ attrs }) => [tag, Object.fromEntries(Object.entries(attrs).filter(([, number]) => number > 1)), 0],
});

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    blockquote: {
      content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0],
    },
    heading: {
      content: "inline*", group: "block", defining: true, attrs: { level: { default: 3 } },
      parseDOM: ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: tag < "h4" ? 3 : 4 } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    code_block: {
      content: "text*", group: "block", marks: "", code: true, defining: true,
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", ["code", 0]],
    },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    table: {
      content: "table_row+", group: "block", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]],
    },
    table_row: { content: "(table_cell | table_header)+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
    table_cell: cell("td"),
    table_header: cell("th"),
    text: { group: "inline" },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    image: {
      inline: true, group: "inline", draggable: true,
      attrs: { src: {}, alt: { default: "" }, width: { default: null }, height: { default: null } },
      parseDOM: [
        {
          tag: 'img[src^="/pictures/"]',
          getAttrs: (dom) => {
            const [src, alt, width, height] = ["src", "alt", "width", "height"].map((name) => dom.getAttribute(name));
            return { src, alt: alt ?? "", width, height };
          },
        },
      ],
      toDOM: ({ attrs }) => ["img", Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null))],
    },
    mention: {
      inline: true, group: "inline", atom: true, attrs: { href: {}, name: {} },
      parseDOM: [
        {
          tag: "a[href]", priority: 60,
          getAttrs: (dom) => {
            const [href, name] = [dom.getAttribute("href"), dom.textContent];
            return person.test(href) && name.startsWith("@") ? { href, name: name.slice(1) } : false;
          },
        },
      ],
      toDOM: ({ attrs }) => ["a", { href: attrs.href }, `@${attrs.name}`],
      leafText: ({ attrs }) => `@${attrs.name}`,
    },
  },
  marks: {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => (safe(dom.getAttribute("href")) ? { href: dom.getAttribute("href") } : false) }],
      toDOM: ({ attrs }) => ["a", { href: attrs.href }, 0],
    },
    strong: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }, { style: "font-weight=bold" }, { style: "font-weight=700" }],
      toDOM: () => ["strong", 0],
    },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }, { style: "font-style=italic" }], toDOM: () => ["em", 0] },
    code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});

/** Whether the server would keep this address. */
export function safe(address) {
  return /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(address);
}
