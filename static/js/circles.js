// The round above a talk, live: its clock, its news, its buttons. Without it the same page works by loading anew.
import { frame } from "./circles/frame.js";
import { lobby } from "./circles/lobby.js";

for (const section of document.querySelectorAll("[data-circle]")) frame(section);
for (const section of document.querySelectorAll("[data-circle-lobby]")) lobby(section);
