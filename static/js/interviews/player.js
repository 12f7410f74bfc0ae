// <div data-controller="player"> around an <audio>: links with data-at play from there, #t=… of the address too, buttons go back and on,
// and one takes the second that plays into a field. Without it the links open the sound at their second, and the list reads as a list.
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
};

export function player(root) {
  const audio = root.querySelector("audio");
  const from = (second, play) => {
    const go = () => {
      audio.currentTime = second;
      if (play) audio.play().catch(() => {});
    };
    if (audio.readyState > 0) go();
    else audio.addEventListener("loadedmetadata", go, { once: true });
  };
  const ofAddress = () => {
    const found = /^#t=(\d{1,6})$/.exec(location.hash);
    if (found) from(Number(found[1]), false);
  };

  for (const part of root.querySelectorAll("[data-player-buttons]")) part.hidden = false;
  root.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-at], [data-by], [data-take]");
    if (!pressed) return;
    const { at, by, take } = pressed.dataset;
    if (at !== undefined) {
      event.preventDefault();
      from(Number(at), true);
    } else if (by !== undefined) {
      audio.currentTime = Math.max(0, audio.currentTime + Number(by));
    } else {
      const field = document.getElementById(take);
      field.value = clock(audio.currentTime);
      field.focus();
    }
  });
  addEventListener("hashchange", ofAddress);
  ofAddress();
}
