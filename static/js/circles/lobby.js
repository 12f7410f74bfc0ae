// The lobby looks now and then who has come, and opens the talk's page anew once the first round has begun.
const LOOK_AGAIN = 8_000;

export function lobby(section) {
  setInterval(async () => {
    if (document.hidden || section.contains(document.activeElement)) return;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-circle-lobby]")) {
      location.reload();
      return;
    }
    const fresh = page.getElementById(section.id);
    if (!fresh.isEqualNode(section)) section.replaceChildren(...fresh.childNodes);
  }, LOOK_AGAIN);
}
