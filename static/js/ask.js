// On pages where questions and answers are written. Without it drafts are kept by a button, and similar questions are a step of their own.
import { draft } from "./controllers/draft.js";
import { similar } from "./controllers/similar.js";
import { mount, register } from "./registry.js";

register({ draft, similar });
mount(document);
