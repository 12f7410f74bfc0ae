// <form data-controller="drop">: takes files that are dropped on it or pasted on the page, and sends them as if they had been chosen.
export function drop(form) {
  const input = form.querySelector("input[type=file]");

  const take = (files) => {
    const wanted = [...files].filter((file) => input.accept === "" || file.type.startsWith("image/"));
    if (!wanted.length) return;
    const chosen = new DataTransfer();
    for (const file of wanted) chosen.items.add(file);
    input.files = chosen.files;
    form.requestSubmit();
  };

  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  if ("paste" in form.dataset) document.addEventListener("paste", (event) => take(event.clipboardData.files));
}
