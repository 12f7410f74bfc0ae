// What is typed into a plain box, as the HTML that the server takes: paragraphs, lines, links, and people named by "@".
// The server makes all of it safe again.
const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/gu;
const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escaped = (text) => text.replace(/[&<>"]/gu, (sign) => signs[sign]);

const linked = (text) => escaped(text).replace(address, (url) => `<a href="${url}">${url}</a>`);

/** @param named names that stand in the text after "@", with the addresses of their pages. */
function line(text, named) {
  const found = [...named.keys()].sort((a, b) => b.length - a.length).find((name) => text.includes(`@${name}`));
  if (!found) return linked(text);
  const [before, ...after] = text.split(`@${found}`);
  const link = `<a href="${escaped(named.get(found))}">@${escaped(found)}</a>`;
  return [line(before, named), ...after.map((part) => line(part, named))].join(link);
}

export function html(text, named = new Map()) {
  const paragraphs = text.replace(/\r\n?/gu, "\n").trim().split(/\n\s*\n/u);
  return paragraphs
    .filter((part) => part.trim())
    .map((part) => `<p>${part.split("\n").map((one) => line(one, named)).join("<br>")}</p>`)
    .join("");
}

/** The first element of a piece of HTML from the server. */
export function element(markup) {
  return document.adoptNode(new DOMParser().parseFromString(markup, "text/html").body.firstElementChild);
}
