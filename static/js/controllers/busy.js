// <form data-controller="busy">: shows that the form is on its way and stops a second click.
// The server is what really guards against a double post.
export function busy(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    event.submitter?.classList.add("busy");
  });
  // Coming back by the browser's Back button must give a working form.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll(".busy")) button.classList.remove("busy");
  });
}
