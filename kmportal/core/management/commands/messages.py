"""`manage.py messages`: compile the Thai catalogue; --check says what is wrong with it; --missing prints what to translate."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kmportal.core import translations


class Command(BaseCommand):
    help = "Compiles kmportal/locale/th/*.po. --check lists what is untranslated or wrong, --missing prints entries to fill in."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("under", nargs="*", help="with --missing: only texts used under these paths, e.g. templates/people")
        parser.add_argument("--check", action="store_true", help="exit 1 and list what is wrong")
        parser.add_argument("--missing", action="store_true", help="print entries to fill in")
        parser.add_argument("--if-stale", action="store_true", help="compile only when a fragment changed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["missing"]:
            self.stdout.write(translations.as_po(translations.missing(options["under"])))
        elif options["check"]:
            self._check()
        elif not options["if_stale"]:
            self.stdout.write(f"{translations.compile_all()} texts compiled.")
        else:
            translations.compile_if_stale()

    def _check(self) -> None:
        found = translations.problems()
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} problems. `manage.py messages --missing` prints entries to fill in.")
        self.stdout.write(f"Thai is whole: {len(translations.wanted())} texts.")
