"""`manage.py run_chores`: one round of the small work that `work` does every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from kmportal.core import chores


class Command(BaseCommand):
    help = "One round of what `work` does every minute besides its tasks: retries, retention. For set-ups with db_worker; run it each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        chores.run()
