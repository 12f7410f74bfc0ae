// On pages of channels. Without it they are pages with a form; with it they are live.
import { talk } from "./talk/room.js";
import { mount, register } from "./registry.js";

register({ talk });
mount(document);
