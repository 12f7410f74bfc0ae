// The box below the stream: kept while one writes, sent by Ctrl+Enter, cleared only for what is on its way.
import { names } from "./names.js";
import { html } from "./words.js";

/** @param send({text, body, quote, promise, form}) sends; form is given where files go along and answers with a promise of success. */
export function compose(form, words, { send, typing }) {
  const { body: area, files, quote, promise } = form.elements;
  const [problem, quoted, chosen] = ["problem", "quoted", "files"].map((name) => form.querySelector(`[data-${name}]`));
  const kept = `talk draft ${form.action} ${form.elements.thread?.value ?? ""}`;
  const named = new Map();

  const keep = () => {
    try {
      if (area.value.trim()) sessionStorage.setItem(kept, area.value);
      else sessionStorage.removeItem(kept);
    } catch {
      // Without a store the text is in the box alone.
    }
  };
  const grow = () => {
    area.rows = Math.min(8, Math.max(1, area.value.split("\n").length));
  };
  const fill = (text) => {
    area.value = text;
    grow();
    keep();
  };
  const complain = (said) => {
    problem.textContent = said;
    problem.hidden = !said;
  };
  const quoteOff = () => {
    quote.value = "";
    quoted.hidden = true;
  };

  try {
    if (!area.value) fill(sessionStorage.getItem(kept) ?? "");
  } catch {
    // As above.
  }
  names(area, named, (n) => {
    form.querySelector("[data-state]").textContent = `${n} ${words.peopleFound}`;
  });
  area.addEventListener("input", () => {
    grow();
    keep();
    complain("");
    // Under a promise nobody learns who is writing at this moment.
    if (area.value.trim() && !promise.value) typing();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  files.addEventListener("change", () => {
    chosen.textContent = words.filesWords.replace("#", files.files.length);
    chosen.hidden = !files.files.length;
  });
  form.querySelector("[data-unquote]").addEventListener("click", (event) => {
    event.preventDefault();
    quoteOff();
    area.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = area.value.trim();
    complain("");
    if (files.files.length) {
      if (form.classList.contains("busy")) return;
      form.classList.add("busy");
      const said = await send({ form: new FormData(form) });
      form.classList.remove("busy");
      if (said) return complain(said);
      files.value = "";
      chosen.hidden = true;
      form.elements.cid.value = crypto.randomUUID?.() ?? form.elements.cid.value;
    } else if (text) send({ text, body: html(text, named), quote: Number(quote.value) || null, promise: promise.value });
    else return area.focus();
    fill("");
    quoteOff();
    area.focus({ preventScroll: true });
  });

  return {
    complain,
    /** What was refused goes back into the box, if that is empty. */
    giveBack(text) {
      if (area.value.trim()) return false;
      fill(text);
      return true;
    },
    quote(id, text) {
      quote.value = id;
      quoted.querySelector("span").textContent = text;
      quoted.hidden = false;
      area.focus();
    },
  };
}
