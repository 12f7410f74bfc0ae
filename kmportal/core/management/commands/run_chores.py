"""`manage.py run_chores`: one round of the small work that `serve` does every minute when it runs the task worker itself."""

from typing import Any

from django.core.management.base import BaseCommand

from kmportal.core import chores


class Command(BaseCommand):
    help = "One round of what the embedded task worker does every minute: retries, retention. For set-ups with db_worker; run it each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        chores.run()
