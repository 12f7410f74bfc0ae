// The basket of a talk, live: what somebody else marks appears without loading anew. Beside the talk the talk tells; alone it looks now and then.
const SOON = 600;

for (const place of document.querySelectorAll("[data-basket]")) {
  let waiting = null;
  let last = null;

  async function look() {
    waiting = null;
    if (!navigator.onLine) return;
    const answer = await fetch(place.dataset.basket, { headers: { "X-Frame": "1" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-basket]");
    if (!fresh) return;
    const bare = fresh.cloneNode(true);
    // The key of a form is another one each time.
    for (const key of bare.querySelectorAll("[name=csrfmiddlewaretoken]")) key.remove();
    if (last?.isEqualNode(bare)) return;
    last = bare;
    replace(fresh);
  }

  // What is ticked off stays so, what was opened stays open, and whoever stands in it keeps their place.
  function replace(fresh) {
    const off = new Set([...place.querySelectorAll("input[type=checkbox]:not(:checked)")].map((box) => `${box.name} ${box.value}`));
    const inside = place.contains(document.activeElement) ? document.activeElement : null;
    const here = inside && (inside.getAttribute("href") || `${inside.name} ${inside.value}`);
    const words = place.querySelector("#title")?.value;
    for (const box of fresh.querySelectorAll("input[type=checkbox]")) box.checked = !off.has(`${box.name} ${box.value}`) && box.defaultChecked;
    place.replaceChildren(...document.adoptNode(fresh).childNodes);
    if (words && place.querySelector("#title")) place.querySelector("#title").value = words;
    if (!inside) return;
    const again = [...place.querySelectorAll("a, button, input")].find((one) => (one.getAttribute("href") || `${one.name} ${one.value}`) === here);
    again?.focus({ preventScroll: true });
  }

  const soon = () => {
    if (waiting === null) waiting = setTimeout(look, SOON + Math.random() * SOON);
  };
  document.addEventListener("talk:changed", soon);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) soon();
  });
  if (place.dataset.every) setInterval(() => document.hidden || soon(), Number(place.dataset.every) * 1000);
}
