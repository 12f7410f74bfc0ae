// The page of a community's export: follows the file that is being made.
import { exportProgress } from "./controllers/export_progress.js";
import { mount, register } from "./registry.js";

register({ exportProgress });
mount(document);
