"""Giving badges to those who reached them, and taking them back when their cause falls."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from kmportal.inbox.actions import take_back as untell
from kmportal.inbox.actions import tell
from kmportal.people.models import User
from rewards import badge_kinds
from rewards.badge_kinds import Badge
from rewards.merit_notices import BADGE, BADGE_GONE
from rewards.models import BadgeAward, Thanks, Transfer

BATCH = 200
# Longer than a round of the worker, so that nothing slips through between two.
RECENT = timedelta(minutes=10)


def check_recent() -> None:
    """The chore of the task worker: people for whom something happened a moment ago."""
    since = timezone.now() - RECENT
    moved = Transfer.objects.filter(happened_at__gte=since).order_by().values_list("owner", flat=True)
    thanked = Thanks.objects.filter(created_at__gte=since).order_by().values_list("receivers", flat=True)
    check_badges(people={*moved, *thanked} - {None}, at=timezone.now())


def check_everybody(*, at: datetime) -> int:
    """The work of the night: what came or fell without points moving. Answers how many badges came and went."""
    return check_badges(people=User.objects.filter(is_active=True).values_list("pk", flat=True), at=at)


def check_badges(*, people: Iterable[int], at: datetime) -> int:
    """Brings the badges of these people in line with what stands now; answers how many came and went.

    May run in several processes at once, and any number of times: each badge comes once, and is told once.
    """
    keys = sorted(set(people))
    return sum(_check(keys[start : start + BATCH], at) for start in range(0, len(keys), BATCH))


@transaction.atomic
def _check(people: Collection[int], at: datetime) -> int:
    # Who checks the same people waits here, then finds the badges given.
    found = {user.pk: user for user in User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")}
    had = {(award.owner_id, award.code): award for award in BadgeAward.objects.filter(owner__in=found)}
    changes = 0
    for badge in badge_kinds.every():
        counts = badge.count(list(found))
        reached = {pk for pk, count in counts.items() if count >= badge.goal and pk in found}
        owners = {pk for pk, code in had if code == badge.code}
        for pk in sorted(reached - owners):
            _give(found[pk], badge, at)
        for pk in sorted(owners - reached):
            _take(found[pk], badge, had[pk, badge.code])
        changes += len(reached ^ owners)
    return changes


def _give(owner: User, badge: Badge, at: datetime) -> None:
    award = BadgeAward.objects.create(owner=owner, code=badge.code, awarded_at=at)
    tell(kind=BADGE, recipients=[owner], thing=award, key=_key(award), titles=_titles(badge))


def _take(owner: User, badge: Badge, award: BadgeAward) -> None:
    """Nobody hears of the end of what they had not yet heard of."""
    if not untell(kind=BADGE, key=_key(award)):
        tell(kind=BADGE_GONE, recipients=[owner], thing=award, key=_key(award), titles=_titles(badge))
    award.delete()


def _key(award: BadgeAward) -> str:
    return f"{award.code} {award.pk}"


def _titles(badge: Badge) -> tuple[str, str]:
    found: list[Any] = []
    for language in ("th", "en"):
        with translation.override(language):
            found.append(str(badge.name))
    return found[0], found[1]
