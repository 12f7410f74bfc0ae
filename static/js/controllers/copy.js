// <button data-controller="copy" data-text="https://…" data-done="คัดลอกแล้ว" hidden>: copies, or shares where the
// device offers it (data-share). Hidden until the script runs, because without it the button could do nothing.
export function copy(button) {
  if (!navigator.clipboard && !navigator.share) return;
  button.hidden = false;
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.textContent;
  button.addEventListener("click", async () => {
    const { text, done, share } = button.dataset;
    if (share !== undefined && navigator.share) {
      await navigator.share({ title: share, url: text }).catch(() => {});
      return;
    }
    await navigator.clipboard.writeText(text);
    label.textContent = done;
    setTimeout(() => {
      label.textContent = before;
    }, 4000);
  });
}
