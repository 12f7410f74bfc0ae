// <span data-controller="exportProgress" data-url="…"><progress></progress><span role="status">2 of 7</span></span>: asks how far a file is,
// and loads the page anew when it is ready. Without script the page loads itself anew every ten seconds.
const PAUSE = 2000;
const LONGEST = 30000;

export function exportProgress(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[role=status]");
  let pause = PAUSE;

  function show(done, parts) {
    if (bar.value === done) return;
    bar.value = done;
    words.textContent = words.textContent.replace(/\d+/, done).replace(/\d+(?=\D*$)/, parts);
  }

  async function ask() {
    const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) {
      const { done, parts, over } = await answer.json();
      if (over) return window.location.reload();
      show(done, parts);
    }
    // A lost line or a queue that stands still is asked less often.
    pause = answer?.ok ? PAUSE : Math.min(pause * 2, LONGEST);
    setTimeout(ask, pause);
  }
  setTimeout(ask, pause);
}
