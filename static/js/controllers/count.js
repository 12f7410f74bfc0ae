// <span data-controller="count" data-for="id_title" data-max="120">: letters still free, counted as a reader would.
export function count(output) {
  const field = document.getElementById(output.dataset.for);
  if (!field) return;
  const letters = "Segmenter" in Intl ? new Intl.Segmenter("th", { granularity: "grapheme" }) : null;
  const show = () => {
    const used = letters ? [...letters.segment(field.value)].length : field.value.length;
    output.textContent = `${used} / ${output.dataset.max}`;
  };
  field.addEventListener("input", show);
  show();
}
