// <div class="toast" data-controller="dismiss">: closes when its button is pressed, never by itself.
export function dismiss(toast) {
  const button = toast.querySelector("[data-dismiss]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => toast.remove());
}
