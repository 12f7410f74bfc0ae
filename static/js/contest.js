// The script of the pages where an entry is written: autosave, and photographs dropped or pasted.
import { drop } from "./contest/drop.js";
import { keep } from "./contest/keep.js";
import { mount, register } from "./registry.js";

register({ drop, keep });
mount(document);
