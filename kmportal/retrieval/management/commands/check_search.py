"""`manage.py check_search`: compares the index with what it describes; exit code 1 where they differ."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kmportal.retrieval import actions

TOLD = 20


class Command(BaseCommand):
    help = "Compares the search index with what it describes; exits with 1 where they differ. --mend puts it right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what differs; exits with 1 if something still does")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json is one object, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        found = actions.check()
        is_mended = False
        if found and options["mend"]:
            actions.mend(found)
            is_mended = not actions.check()
        if options["format"] == "json":
            self.stdout.write(json.dumps(found.to_json() | {"clean": not found, "mended": is_mended}))
        else:
            self._say(found, is_mended)
        if found and not is_mended:
            raise CommandError(
                "The search index differs. Run check_search --mend." if not options["mend"] else "It could not be mended."
            )

    def _say(self, found: actions.Drift, is_mended: bool) -> None:
        for name in ("missing", "surplus", "outdated"):
            for kind, keys in sorted(getattr(found, name).items()):
                if keys:
                    some = ", ".join(str(key) for key in sorted(keys)[:TOLD]) + (" …" if len(keys) > TOLD else "")
                    self.stdout.write(f"{name}: {len(keys)} of {kind}: {some}")
        if found.undeclared:
            self.stdout.write(f"of no known kind: {found.undeclared} passages")
        if found.words or found.lengths:
            self.stdout.write(f"wrong counts: {found.words} of words, {found.lengths} of lengths")
        for table in found.broken:
            self.stdout.write(f"full-text index broken: {table}")
        if found.analysis:
            self.stdout.write("made by another version of the analysis")
        waiting = f", {found.waiting} waiting to be looked at" if found.waiting else ""
        verdict = "mended" if is_mended else "differs" if found else "clean"
        self.stdout.write(f"{found.looked_at} rows compared{waiting}: {verdict}.")
