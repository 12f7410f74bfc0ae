// <form data-controller="keep" data-keep="/…/keep/">: keeps a draft on the server a moment after the last letter. The answer brings the
// number of the version that was kept, so that the next keeping is not taken for that of another window.
const pause = 2000;

export function keep(form) {
  const said = form.querySelector("[data-kept]");
  const revision = form.querySelector("[name=revision]");
  let timer;
  let on = true;
  let busy = false;

  const send = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (busy) {
      timer = setTimeout(send, pause);
      return;
    }
    busy = true;
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => null);
    const told = answer?.status === 200 || answer?.status === 400 ? await answer.json().catch(() => null) : null;
    busy = false;
    if (!told || !on) return;
    if ("revision" in told) revision.value = told.revision;
    said.textContent = told.kept;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  });
  form.addEventListener("submit", (event) => {
    // A keeping on its way would make the number in the form old: the form goes when it is back.
    on = false;
    clearTimeout(timer);
    timer = undefined;
    if (!busy) return;
    event.preventDefault();
    const pressed = event.submitter;
    const wait = setInterval(() => {
      if (busy) return;
      clearInterval(wait);
      on = true;
      form.requestSubmit(pressed);
    }, 100);
  });
  addEventListener("pagehide", () => timer && on && send());
}
