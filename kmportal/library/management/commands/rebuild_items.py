"""Writes the rows of all published seminars anew, or says what a run would change."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kmportal.library.derived import refresh
from kmportal.library.models import KnowledgePage


class _Rollback(Exception):
    """Undoes what a check tried."""


class Command(BaseCommand):
    help = "Rebuilds talks, items and derived values of published pages. With --check: changes nothing, exit code 1 if it would."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only report")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = KnowledgePage.objects.live().order_by("pk")
        total, differing = pages.count(), 0
        for number, page in enumerate(pages.specific().iterator(chunk_size=50), 1):
            summary = self._refresh(page, keep=not options["check"])
            touched = summary.created + summary.changed + summary.retired
            differing += bool(touched)
            if touched or options["verbosity"] > 1:
                self.stdout.write(
                    f"[{number}/{total}] {page.title}: {summary.created} new, {summary.changed} changed, {summary.retired} retired"
                )
        if options["check"] and differing:
            raise CommandError(f"{differing} of {total} pages have rows that differ from their text; run rebuild_items")
        self.stdout.write(f"{total} pages read, {differing} changed.")

    def _refresh(self, page: KnowledgePage, *, keep: bool) -> Any:
        try:
            with transaction.atomic():
                summary = refresh(page)
                if not keep:
                    raise _Rollback
        except _Rollback:
            pass
        return summary
