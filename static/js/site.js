// The only script of a reading page. It adds comfort; every page works without it.
// A behaviour is a file in controllers/ and is attached by data-controller="name".
import { busy } from "./controllers/busy.js";
import { copy } from "./controllers/copy.js";
import { count } from "./controllers/count.js";
import { dismiss } from "./controllers/dismiss.js";
import { editor } from "./controllers/editor.js";
import { errors } from "./controllers/errors.js";
import { mark } from "./controllers/mark.js";
import { print } from "./controllers/print.js";
import { shortcuts } from "./controllers/shortcuts.js";
import { suggest } from "./controllers/suggest.js";
import { mount, register } from "./registry.js";

register({ busy, copy, count, dismiss, editor, errors, mark, print, shortcuts, suggest });
mount(document);
