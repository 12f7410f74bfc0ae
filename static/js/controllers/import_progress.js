// <div data-controller="importProgress" data-url="…">: asks every second how far the reading is, says it, and goes on when it is over.
const PAUSE = 1000;

export function importProgress(box) {
  const words = box.querySelector("[data-words]");
  const meter = box.querySelector("[role=progressbar]");
  const bar = meter?.querySelector("rect");
  const steps = [...box.querySelectorAll("li")];

  function show(step, text) {
    if (words.textContent !== text) words.textContent = text;
    meter?.setAttribute("aria-valuenow", step);
    bar?.setAttribute("width", step);
    for (const [at, line] of steps.entries()) {
      line.className = at < step ? "done" : at === step ? "now" : "";
      if (at === step) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    }
  }

  async function ask() {
    const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) {
      const state = await answer.json();
      show(state.step, state.words);
      if (state.over) {
        window.location.reload();
        return;
      }
    }
    setTimeout(ask, PAUSE);
  }
  setTimeout(ask, PAUSE);
}
