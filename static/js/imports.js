// Only on the pages of the importer. Without it every move is a form of its own.
import { importProgress } from "./controllers/import_progress.js";
import { importReview } from "./controllers/import_review.js";
import { mount, register } from "./registry.js";

register({ importProgress, importReview });
mount(document);
