// Only on the page that asks. Without it the form asks on a step of its own, and keeps a draft by its button.
import { draft } from "./controllers/draft.js";
import { similar } from "./controllers/similar.js";
import { mount, register } from "./registry.js";

register({ draft, similar });
mount(document);
