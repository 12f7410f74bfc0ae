"""Announcing a contest, calling it off, and beginning this year's as a copy of last year's."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.contest import checklist, clock, deeds
from kmportal.contest.actions.ground import ContestError, take_contest, touch, write
from kmportal.contest.actions.setting_up import FREE, METHOD, TEXTS, make_contest
from kmportal.contest.kinds import CALLED_OFF
from kmportal.contest.models import Contest
from kmportal.contest.models.contests import DATES, VOTE_DATES
from kmportal.contest.permissions import can_run, can_set_up
from kmportal.inbox.actions import tell
from kmportal.people.models import User

LONGEST_REASON = 1000
COPIED = (*METHOD, *FREE, *TEXTS, "title_th", "title_en", "lead_th", "lead_en", "agency_id")


class NotReady(ContestError):
    """`words` name what is missing."""

    def __init__(self, missing: Any) -> None:
        super().__init__(missing)
        self.words = _("Still missing: %(what)s.") % {"what": missing}


class NotADraft(ContestError):
    words = _("The contest has been announced already, or was called off.")


class ReasonMissing(ContestError):
    words = _("Say why: everybody who entered reads it.")


class Published(ContestError):
    words = _("The results are published. Correct them instead; the contest cannot be called off any more.")


@transaction.atomic
def announce(*, actor: User, contest: int) -> Contest:
    """From its first date on the contest is everybody's to see.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        NotADraft, NotReady
    """
    found = take_contest(actor=actor, contest=contest)
    if found.state != Contest.State.DRAFT:
        raise NotADraft
    checks = checklist.of_contest(found)
    if checklist.missing(checks):
        raise NotReady(checklist.as_words(checks))
    Contest.objects.filter(pk=found.pk).update(state=Contest.State.ANNOUNCED)
    found.state = Contest.State.ANNOUNCED
    touch(found)
    dates = {name: value.isoformat() for name in (*DATES, *VOTE_DATES) if (value := getattr(found, name))}
    write(contest=found, actor=actor, act=deeds.ANNOUNCED, dates=dates)
    return found


@transaction.atomic
def call_off(*, actor: User, contest: int, reason: str) -> Contest:
    """Ends a contest without results; its entrants are told why. Their entries stay theirs.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        ReasonMissing, NotADraft: it was called off before. Published
    """
    found = take_contest(actor=actor, contest=contest)
    if not (reason := reason.strip()[:LONGEST_REASON]):
        raise ReasonMissing
    if found.state == Contest.State.CANCELLED:
        raise NotADraft
    if found.is_published:
        raise Published
    Contest.objects.filter(pk=found.pk).update(state=Contest.State.CANCELLED)
    found.state = Contest.State.CANCELLED
    touch(found)
    write(contest=found, actor=actor, act=deeds.CANCELLED, reason=reason)
    owners = User.objects.filter(contest_entries__contest=found).distinct()
    tell(kind=CALLED_OFF, recipients=owners, actor=actor, thing=found, key=f"contest:{found.pk}:off", data={"reason": reason})
    return found


@transaction.atomic
def copy_contest(*, actor: User, contest: Contest, year: int) -> Contest:
    """A draft with the words, categories, criteria, prizes and numbers of another contest, its dates moved by the years between.

    Raises:
        PermissionDenied: no organiser of the old one.
    """
    if not (can_set_up(actor) and can_run(actor, contest)):
        raise PermissionDenied
    made = make_contest(actor=actor, year=year, title_th=contest.title_th)
    for name in COPIED:
        setattr(made, name, getattr(contest, name))
    for name in (*DATES, *VOTE_DATES):
        setattr(made, name, _moved(getattr(contest, name), year - contest.year))
    made.copied_from = contest
    made.changed_at = clock.now()
    made.save()
    made.open_to.set(contest.open_to.all())
    _copy_parts(contest, made)
    return made


def _moved(moment: datetime | None, years: int) -> datetime | None:
    if moment is None:
        return None
    day = min(moment.day, 28) if moment.month == 2 else moment.day
    return moment.replace(year=moment.year + years, day=day)


def _copy_parts(old: Contest, new: Contest) -> None:
    categories = {}
    for category in old.categories.all():
        before = category.pk
        category.pk, category.contest = None, new
        category.save()
        categories[before] = category
    for criterion in old.criteria.all():
        levels = list(criterion.levels.all())
        criterion.pk, criterion.contest = None, new
        criterion.save()
        for level in levels:
            level.pk, level.criterion = None, criterion
            level.save()
    for prize in old.prizes.all():
        prize.pk, prize.contest = None, new
        prize.category = categories.get(prize.category_id)
        prize.save()
