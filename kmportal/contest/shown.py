"""Who sees the pictures of contests. Declared by ContestConfig.ready."""

from kmportal.contest.models import Contest, Entry
from kmportal.pictures import kinds


def declare() -> None:
    kinds.register(Contest, Contest.objects.visible_to)
    kinds.register(Entry, Entry.objects.shown_to)
