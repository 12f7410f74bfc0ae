"""`manage.py prepare`: everything between installed code and a site that can serve, and again after each upgrade. Repeats do no harm."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kmportal.core import snapshot, translations


class Command(BaseCommand):
    help = "Compiles translations, brings the database up to date, adds the start-up data; --demo adds the demonstration content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also load the demonstration content")

    def handle(self, *args: Any, **options: Any) -> None:
        # The CMS tells of every page it makes; here that is noise.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        translations.compile_if_stale()
        for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        if not snapshot.load(connection):
            self._migrate()
        if "rebuild_search" in get_commands():
            call_command("rebuild_search", if_needed=True, stdout=self.stdout)
        call_command("load_basics", verbosity=0)
        if options["demo"] and "load_demo" in get_commands():
            call_command("load_demo", stdout=self.stdout)
        call_command("prune_db_task_results", verbosity=0)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Bringing the database up to date: {len(plan)} steps …")
            call_command("migrate", verbosity=0, interactive=False)
