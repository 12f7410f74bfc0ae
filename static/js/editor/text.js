// Between the text area and the document: plain text or HTML in, HTML out.
import { DOMParser as Reader, DOMSerializer } from "prosemirror-model";
import { schema } from "./schema.js";

const voids = new Set(["BR", "IMG"]);
const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => signs[sign]);

export function read(text, form) {
  return form === "html" ? fromHtml(text) : fromPlain(text);
}

function fromHtml(html) {
  // An inert document: nothing in it loads or runs.
  return Reader.fromSchema(schema).parse(new DOMParser().parseFromString(html, "text/html").body);
}

function fromPlain(text) {
  const { paragraph, hard_break } = schema.nodes;
  const blocks = text.trim().split(/\n\s*\n/).map((part) => {
    const lines = part.split("\n").map((line) => (line ? [schema.text(line)] : []));
    return paragraph.create(null, lines.flatMap((line, n) => (n ? [hard_break.create(), ...line] : line)));
  });
  return schema.node("doc", null, blocks);
}

/** "" for a document that says nothing. */
export function write(doc) {
  if (!doc.textContent.trim() && !holds(doc, "image")) return "";
  return [...DOMSerializer.fromSchema(schema).serializeFragment(doc.content).childNodes].map(html).join("");
}

function holds(doc, name) {
  let found = false;
  doc.descendants((node) => {
    found ||= node.type.name === name;
  });
  return found;
}

function html(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  const tag = node.nodeName.toLowerCase();
  const said = [...node.attributes].map(({ name, value }) => ` ${name}="${escaped(value)}"`).join("");
  const inside = [...node.childNodes].map(html).join("");
  return voids.has(node.nodeName) ? `<${tag}${said}>` : `<${tag}${said}>${inside}</${tag}>`;
}
