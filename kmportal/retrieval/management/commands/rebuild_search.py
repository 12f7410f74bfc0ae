"""`manage.py rebuild_search`: looks at everything that can be found and brings the index in line, while the site runs."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kmportal.retrieval import actions, sources


class Command(BaseCommand):
    help = "Makes the search index anew, while the site runs. May be broken off and repeated; what is up to date is not written again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", default="", help="only this kind of thing, such as lesson or document")
        parser.add_argument(
            "--if-needed", action="store_true", help="only if the index was made by another version of the analysis"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] and sources.named(options["kind"]) is None:
            known = ", ".join(source.kind for source in sources.every())
            raise CommandError(f"There is no kind {options['kind']!r}. Known: {known}.")
        if options["if_needed"] and actions.is_current():
            return
        is_told = bool(options["verbosity"]) and any(source.rows().exists() for source in sources.every())
        if options["if_needed"] and is_told:
            self.stdout.write("The search index was made by another version of the analysis; it is made anew.")
        self.started, self.told = time.monotonic(), 0.0
        total = actions.rebuild(kind=options["kind"], progress=self.tell if is_told else None)
        if is_told:
            seconds = time.monotonic() - self.started
            self._end_line()
            self.stdout.write(f"{total} looked at in {seconds:.1f} s.")

    def tell(self, done: int, total: int) -> None:
        """On a terminal one line that changes; elsewhere a line every ten seconds."""
        now = time.monotonic()
        is_terminal = sys.stdout.isatty()
        if now - self.told < (0.2 if is_terminal else 10) and done < total:
            return
        self.told = now
        speed = done / max(now - self.started, 0.001)
        words = f"{done} of {total}, {speed:.0f} a second"
        self.stdout.write(f"\r{words}   " if is_terminal else words, ending="" if is_terminal else "\n")
        self.stdout.flush()

    def _end_line(self) -> None:
        if sys.stdout.isatty():
            self.stdout.write("")
