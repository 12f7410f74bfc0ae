"""What is done once a night, by whichever worker comes first."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rewards.models import Night

# Offices sleep, and backups are not yet running.
HOUR = 2


def once_a_night(*, work: str, verb: Callable[[datetime], object]) -> Callable[[], None]:
    """A chore that runs `verb` once each night, from two o'clock on. What fails leaves no mark and is tried again."""

    def chore() -> None:
        now = timezone.localtime()
        if now.hour < HOUR or Night.objects.filter(work=work, day=now.date()).exists():
            return
        with transaction.atomic():
            _night, is_first = Night.objects.get_or_create(work=work, day=now.date())
            if is_first:
                verb(now)

    chore.__qualname__ = f"once_a_night.{work}"
    return chore
