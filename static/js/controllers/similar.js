// <div data-controller="similar" data-from data-for data-seen>: what was asked before, while the title is typed.
// Whoever was shown it is not asked once more when the form is sent.
const least = 6;
const pause = 500;

export function similar(place) {
  const title = document.getElementById(place.dataset.for);
  const seen = document.getElementById(place.dataset.seen);
  let timer;
  let request;
  let last = title.value.trim();

  const look = async () => {
    const typed = title.value.trim();
    if (typed === last) return;
    last = typed;
    request?.abort();
    if (typed.length < least) {
      place.replaceChildren();
      return;
    }
    request = new AbortController();
    const answer = await fetch(`${place.dataset.from}?q=${encodeURIComponent(typed)}`, { signal: request.signal }).catch(() => null);
    const html = answer?.status === 200 ? await answer.text().catch(() => null) : null;
    if (html === null) return;
    const found = [...new DOMParser().parseFromString(html, "text/html").body.children];
    // The same list again is not read aloud again.
    if (found.map((part) => part.textContent).join() === place.textContent.trim() && found.length) return;
    place.replaceChildren(...found);
    seen.value = "on";
  };

  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
  if (last.length >= least && !place.childElementCount) {
    last = "";
    look();
  }
}
