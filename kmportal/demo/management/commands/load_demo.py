"""Make the demonstration content and print where and as whom to look at it."""

import unicodedata
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kmportal.demo.actions import PASSWORD, DemoPerson, NotHere, load_demo


class Command(BaseCommand):
    help = "Make invented agencies' stories, people of every role and documents, where they are missing. Never in production."

    def handle(self, *args: Any, **options: Any) -> None:
        loud = bool(options["verbosity"])
        try:
            people = load_demo(
                say=(lambda words: self.stdout.write(f"Demonstration: {words} …")) if loud else (lambda words: None)
            )
        except NotHere as error:
            raise CommandError("The demonstration accounts have a known password: not in production (KM_PRODUCTION).") from error
        if loud:
            self.stdout.write(_sign_ins(people))


def _sign_ins(people: list[DemoPerson]) -> str:
    rows = [("Sign in as", "Name", "Role"), *((p.email, p.name, p.does) for p in people)]
    widths = [max(_width(row[column]) for row in rows) for column in range(2)]
    lines = ["   ".join([_padded(row[0], widths[0]), _padded(row[1], widths[1]), row[2]]) for row in rows]
    return "\n".join(["", f"{settings.BASE_URL}/   password of every demonstration account: {PASSWORD}", "", *lines, ""])


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns on a terminal: Thai vowels and tone marks above and below the line take none."""
    return sum(unicodedata.category(letter) not in {"Mn", "Me"} for letter in text)
