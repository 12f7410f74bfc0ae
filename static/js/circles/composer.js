// The form below the stream follows the round: whether one may write, under which promise, and the words that say so.
const SHUT = "data-circle-shut";
const SAY = "circle-say";

function anew(say) {
  try {
    sessionStorage.setItem(SAY, say);
  } catch {
    // Without a store the page is only not announced.
  }
  setTimeout(() => location.reload(), Math.random() * 500);
}

/** What is to be said because the page was loaded anew for a round; once. */
export function toSay() {
  try {
    const words = sessionStorage.getItem(SAY) ?? "";
    sessionStorage.removeItem(SAY);
    return words;
  } catch {
    return "";
  }
}

/** Makes the form of the page fit what `body` says. Where there is no form yet and one may write now, the page is loaded anew. */
export function composer(body) {
  const form = document.querySelector("form[data-compose]");
  const shut = document.querySelector(`[${SHUT}]`);
  const { open } = body.dataset;
  // No round that holds back has threads: what is written in one is promised nothing.
  const elsewhere = body.dataset.pledge && form?.elements.thread?.value;
  const [promise, words] = elsewhere ? ["", ""] : [body.dataset.pledge, body.dataset.why];
  if (!form) {
    const closed = document.querySelector(".compose.shut");
    if (closed && open === "yes") anew(body.dataset.say);
    else if (closed && words) closed.textContent = words;
    return;
  }
  form.hidden = open !== "yes";
  shut?.remove();
  if (form.hidden) {
    const note = Object.assign(document.createElement("p"), { className: "compose shut c-2", textContent: words });
    note.setAttribute(SHUT, "");
    form.after(note);
    return;
  }
  if (form.elements.promise) form.elements.promise.value = promise;
  let line = form.querySelector("[data-promise]");
  if (!line && words) {
    line = Object.assign(document.createElement("p"), { className: "meta" });
    line.setAttribute("data-promise", "");
    form.prepend(line);
  }
  if (line) {
    line.textContent = words;
    line.hidden = !words;
  }
}
