// The clock of a round. The server owns the end; this only shows what is left of it, by the server's time, and never ends anything.
const WARN = 120;

/** Shows the time left in `body` until it is replaced; `note(words)` says a warning once. Returns how to stop. */
export function clock(body, note) {
  const { ends, starts, now, warn, over, left, past } = body.dataset;
  if (!ends) return () => {};
  const shift = Date.parse(now) - Date.now();
  const words = body.querySelector("[data-left-words]");
  const bar = body.querySelector("[data-left-bar]");
  const whole = (Date.parse(ends) - Date.parse(starts)) / 1000;
  let before = null;

  function tick() {
    const seconds = Math.ceil((Date.parse(ends) - Date.now() - shift) / 1000);
    const rest = Math.max(0, seconds);
    const text =
      rest > 0 ? left.replace("[m]", Math.floor(rest / 60)).replace("[s]", String(rest % 60).padStart(2, "0")) : past;
    if (words.textContent !== text) words.textContent = text;
    bar.setAttribute("width", String(Math.min(100, Math.max(0, 100 - (rest / whole) * 100))));
    // Only the crossing is news: whoever comes later reads the clock.
    if (before !== null && before > WARN && rest <= WARN && rest > 0) note(warn);
    if (before !== null && before > 0 && rest === 0) note(over);
    before = rest;
  }

  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}
