// <form data-controller="mark">: a button that is on or off (useful, works for me, follow), pressed without a new page.
// The server answers {on, count, label, action}; anything else, and the form is sent as without script.
export function mark(form) {
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain !== undefined) return;
    event.preventDefault();
    if (button.classList.contains("busy")) return;
    button.classList.add("busy");
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers }).catch(() => null);
    const told = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null;
    button.classList.remove("busy");
    if (!told) {
      form.dataset.plain = "";
      form.requestSubmit();
      return;
    }
    button.setAttribute("aria-pressed", told.on);
    const [on, count, label] = [form.elements.on, form.querySelector("[data-count]"), form.querySelector("[data-label]")];
    if (on) on.value = told.on ? "0" : "1";
    if (count) count.textContent = told.count || "";
    if (label && told.label) label.textContent = told.label;
    if (told.action) form.action = told.action;
  });
}
