// On the page of a recording. Without it the sound plays and the notes are read all the same.
import { player } from "./interviews/player.js";
import { mount, register } from "./registry.js";

register({ player });
mount(document);
