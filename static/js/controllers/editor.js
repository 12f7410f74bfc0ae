// <div data-controller="editor">: fetches the editor (static/js/editor.js) when the text area comes into view. Until then,
// and without it, the text area works as it stands.
export function editor(place) {
  const address = place.dataset.module;
  if (!address) return;
  const fetchIt = async () => {
    const { start } = await import(address);
    start(place);
  };
  const near = (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    fetchIt();
  };
  const seen = new IntersectionObserver(near, { rootMargin: "200px" });
  seen.observe(place);
}
