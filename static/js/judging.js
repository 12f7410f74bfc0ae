// The script of the page where judges score: digits choose levels.
import { levels } from "./judging/levels.js";
import { mount, register } from "./registry.js";

register({ levels });
mount(document);
