// <form data-controller="levels">, each criterion in [data-level]: with a radio of it in focus, a digit chooses that level
// and goes on to the next criterion. Only in focus, so no key acts while words are written; without script arrow keys do.
export function levels(form) {
  const groups = [...form.querySelectorAll("[data-level]")];
  form.addEventListener("keydown", (event) => {
    const radio = event.target;
    if (radio.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    const group = radio.closest("[data-level]");
    const wanted = group.querySelector(`input[type="radio"][value="${event.key}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.checked = true;
    wanted.dispatchEvent(new Event("change", { bubbles: true }));
    const next = groups[groups.indexOf(group) + 1];
    const place = next ? next.querySelector('input[type="radio"]:checked, input[type="radio"]') : wanted;
    (place ?? wanted).focus();
  });
}
