// <form data-controller="draft" data-draft="/ask/draft/">: keeps the form on the server a moment after the last change.
const pause = 2500;

export function draft(form) {
  const said = form.querySelector("[data-kept]");
  let timer;
  let on = true;

  const keep = async () => {
    clearTimeout(timer);
    timer = undefined;
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => null);
    const told = answer?.status === 200 || answer?.status === 400 ? await answer.json().catch(() => null) : null;
    if (told && on) said.textContent = told.kept;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  });
  form.addEventListener("submit", () => {
    on = false;
    clearTimeout(timer);
    timer = undefined;
  });
  // Going away before the pause is over.
  addEventListener("pagehide", () => timer && keep());
}
