// Names to behaviours. A controller is a function that gets its element once.
const controllers = new Map();

export function register(named) {
  for (const [name, start] of Object.entries(named)) controllers.set(name, start);
}

/** Starts every controller below `root`; call it again for HTML that arrived later. */
export function mount(root) {
  for (const element of root.querySelectorAll("[data-controller]")) {
    for (const name of element.dataset.controller.split(" ")) {
      const mark = `mounted${name}`;
      const start = controllers.get(name);
      if (!start || mark in element.dataset) continue;
      element.dataset[mark] = "";
      start(element);
    }
  }
}
