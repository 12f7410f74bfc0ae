"""python manage.py remind_reviews: tells the keepers of content whose review is due. Run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kmportal.library.actions.reminders import remind_of_reviews


class Command(BaseCommand):
    help = "Tell owners of published knowledge that is due for review within 30 days or overdue (once per stage; run daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        told = remind_of_reviews(today=timezone.localdate())
        self.stdout.write(f"{told} people told")
