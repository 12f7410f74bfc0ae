// What other programs put on the clipboard, made into what the schema understands; addresses in it become links.
import { Fragment, DOMParser as Reader, Slice } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const { link, code } = schema.marks;
const address = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?'(){}[\]]/gi;
const bold = /font-weight:\s*(bold|[6-9]00)/i;
const notBold = /font-weight:\s*(normal|[1-5]00)/i;
const italic = /font-style:\s*italic/i;
const inList = /mso-list:\s*l\d+\s+level(\d)/i;
const drawn = /mso-list:\s*ignore/i;
const number = /^\s*\(?[\p{L}\p{N}]+[.)]/u;

const styleOf = (node) => node.getAttribute("data-style") ?? "";

/** The page's policy speaks up for inline styles and handlers even where nothing is shown. They are read as data, then dropped. */
const asData = (html) =>
  html.replace(/<style[^]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'])(style|on[a-z]+)(?=\s*=)/gi, "$1 data-$2"));

function wrap(node, tag) {
  const around = node.ownerDocument.createElement(tag);
  around.append(...node.childNodes);
  node.append(around);
}

/** Words that are bold or slanted by their style alone. Google Docs lays a <b> of normal weight around everything. */
function weigh(body) {
  for (const node of body.querySelectorAll("b, strong")) if (notBold.test(styleOf(node))) node.replaceWith(...node.childNodes);
  for (const node of body.querySelectorAll("span, font")) {
    if (bold.test(styleOf(node))) wrap(node, "strong");
    if (italic.test(styleOf(node))) wrap(node, "em");
  }
}

/** Word writes a list as paragraphs that begin with a drawn sign, and a gap as an empty one. */
function lines(body) {
  let open = [];
  for (const line of body.querySelectorAll("p")) {
    const level = Number(styleOf(line).match(inList)?.[1] ?? 0);
    if (!level) {
      if (!line.textContent.trim() && !line.querySelector("img, br") && !line.closest("td, th, li")) line.remove();
      continue;
    }
    const sign = [...line.querySelectorAll("span")].find((span) => drawn.test(styleOf(span)));
    const tag = number.test(sign?.textContent ?? "") ? "ol" : "ul";
    sign?.remove();
    if (open[0]?.list.nextElementSibling !== line) open = [];
    open = open.filter((one) => one.level < level || (one.level === level && one.list.localName === tag));
    const above = open.at(-1);
    if (above?.level !== level) {
      const list = line.ownerDocument.createElement(tag);
      if (above) above.list.lastElementChild.append(list);
      else line.before(list);
      open.push({ level, list });
    }
    const item = line.ownerDocument.createElement("li");
    open.at(-1).list.append(item);
    item.append(line);
  }
}

function linked(fragment) {
  const found = [];
  fragment.forEach((node) => {
    if (!node.isText) found.push(node.type.spec.code ? node : node.copy(linked(node.content)));
    else if (link.isInSet(node.marks) || code.isInSet(node.marks)) found.push(node);
    else found.push(...parts(node));
  });
  return Fragment.fromArray(found);
}

function parts(node) {
  const found = [];
  let done = 0;
  for (const { 0: href, index } of node.text.matchAll(address)) {
    if (index > done) found.push(node.cut(done, index));
    done = index + href.length;
    found.push(node.cut(index, done).mark(link.create({ href }).addToSet(node.marks)));
  }
  if (done < node.text.length) found.push(node.cut(done));
  return found;
}

export const fromElsewhere = new Plugin({
  props: {
    transformPastedHTML: asData,
    clipboardParser: {
      parseSlice(copied, options) {
        // What was copied from an editor like this one is as it should be.
        if (!copied.querySelector("[data-pm-slice]")) {
          weigh(copied);
          lines(copied);
        }
        return Reader.fromSchema(schema).parseSlice(copied, options);
      },
    },
    transformPasted(slice, view) {
      if (view.state.selection.$from.parent.type.spec.code) return slice;
      return new Slice(linked(slice.content), slice.openStart, slice.openEnd);
    },
  },
});
