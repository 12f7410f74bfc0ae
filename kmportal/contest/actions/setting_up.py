"""Setting a contest up: making one, changing it step by step, its cover, its organisers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import IO, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds
from kmportal.contest.actions.ground import ContestError, take_contest, write
from kmportal.contest.models import Contest
from kmportal.contest.models.contests import DATES, VOTE_DATES
from kmportal.contest.permissions import can_set_up
from kmportal.contest.phases import Phase, phase_of
from kmportal.core.dates import BUDDHIST_OFFSET
from kmportal.people.models import User
from kmportal.people.roles import Role
from kmportal.pictures.actions import attach, upload
from kmportal.pictures.models import Picture

WORDS = ("year", "agency", "title_th", "title_en", "lead_th", "lead_en", "cover_alt")
TEXTS = ("story_th", "story_en", "rules_th", "rules_en")
# What entrants rely on: fixed from the moment entries open.
METHOD = ("popular_share", "normalisation", "for_persons", "for_teams", "for_units", "most_members", "most_entries")
FREE = ("judges_per_entry", "gallery")
FIELDS = frozenset((*WORDS, *TEXTS, *DATES, *VOTE_DATES, *METHOD, *FREE))
SLUGS_TRIED = 50


class Fixed(ContestError):
    words = _("Entries have opened, so this stays as it is: entrants rely on it.")


class WrongOrder(ContestError):
    words = _(
        "The dates are not in order: announcement, entries open, entries close, screening, judging, results; the vote after screening."
    )


class DatePassed(ContestError):
    words = _("A date that has passed cannot be changed, and after the announcement no date is moved into the past.")


class NotEarlier(ContestError):
    words = _("After the announcement, entries cannot close earlier than was said.")


class DateMissing(ContestError):
    words = _("The contest is announced: no date may be empty, and the vote has both dates or none.")


class NoOrganiser(ContestError):
    words = _("A contest has at least one organiser.")


class ChangedMeanwhile(ContestError):
    words = _("Somebody else has changed the contest meanwhile. Look at it again, then change it.")


@transaction.atomic
def make_contest(*, actor: User, year: int, title_th: str, title_en: str = "") -> Contest:
    """An empty contest, seen by its organiser alone.

    Raises:
        PermissionDenied: no organiser by role.
    """
    if not can_set_up(actor):
        raise PermissionDenied
    now = clock.now()
    made = Contest.objects.create(
        slug=_free_slug(year), year=year, title_th=title_th, title_en=title_en, agency=actor.agency,
        created_by=actor, created_at=now, changed_at=now,
    )  # fmt: skip
    made.organisers.add(actor)
    write(contest=made, actor=actor, act=deeds.MADE)
    return made


def _free_slug(year: int) -> str:
    base = f"km-corner-{year + BUDDHIST_OFFSET}"
    taken = set(Contest.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for number in range(1, SLUGS_TRIED) if (slug := base if number == 1 else f"{base}-{number}") not in taken)


@transaction.atomic
def change_contest(*, actor: User, contest: int, values: Mapping[str, Any], revision: int | None = None) -> Contest:
    """Changes some of FIELDS. Texts are cleaned HTML; pictures in them become the contest's.

    Args:
        revision: what the actor had before them; None changes it in any case.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        ChangedMeanwhile, Fixed, WrongOrder, DatePassed, NotEarlier, DateMissing
    """
    found = take_contest(actor=actor, contest=contest)
    if revision is not None and revision != found.revision:
        raise ChangedMeanwhile
    changed = {name: value for name, value in values.items() if name in FIELDS and getattr(found, name) != value}
    _require_free(found, changed)
    dates = {name: getattr(found, name) for name in changed if name in (*DATES, *VOTE_DATES)}
    for name, value in changed.items():
        setattr(found, name, attach(actor=actor, thing=found, html=value) if name in TEXTS else value)
    _require_order(found)
    if changed:
        _save(found, [*changed])
        act = deeds.MOVED if dates and found.state == Contest.State.ANNOUNCED else deeds.CHANGED
        write(
            contest=found, actor=actor, act=act, entry=None, fields=sorted(changed), before={k: _iso(v) for k, v in dates.items()}
        )
    return found


def _require_free(contest: Contest, changed: Mapping[str, Any]) -> None:
    if any(name in METHOD for name in changed):
        require_open_method(contest)
    if contest.state != Contest.State.ANNOUNCED:
        return
    now = clock.now()
    for name in (*DATES, *VOTE_DATES):
        if name in changed:
            _require_movable(contest, name, changed[name], now)


def _require_movable(contest: Contest, name: str, wanted: datetime | None, now: datetime) -> None:
    before: datetime | None = getattr(contest, name)
    if name in DATES and wanted is None:
        raise DateMissing
    if (before is not None and before <= now) or (wanted is not None and wanted <= now):
        raise DatePassed
    if name == "enter_until" and before is not None and wanted is not None and wanted < before:
        raise NotEarlier


def require_open_method(contest: Contest) -> None:
    """
    Raises:
        Fixed: entries have opened.
    """
    if phase_of(contest) not in (Phase.DRAFT, Phase.ANNOUNCED):
        raise Fixed


def _require_order(contest: Contest) -> None:
    """The words for what the database refuses too."""
    at = {name: getattr(contest, name) for name in (*DATES, *VOTE_DATES)}
    pairs = (("announce_at", "enter_from"), ("enter_until", "screen_until"), ("judge_until", "results_at"))
    votes = (("screen_until", "vote_from"), ("vote_until", "results_at"))
    strict = (("enter_from", "enter_until"), ("screen_until", "judge_until"), ("vote_from", "vote_until"))
    if any(at[a] and at[b] and at[a] > at[b] for a, b in (*pairs, *votes)):
        raise WrongOrder
    if any(at[a] and at[b] and at[a] >= at[b] for a, b in strict):
        raise WrongOrder
    lone_vote = bool(at["vote_from"]) != bool(at["vote_until"])
    needs_vote = contest.state == Contest.State.ANNOUNCED and contest.popular_share and not at["vote_from"]
    if lone_vote or needs_vote:
        raise DateMissing


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _save(contest: Contest, names: list[str]) -> None:
    contest.revision += 1
    contest.changed_at = clock.now()
    contest.save(update_fields=[*names, "revision", "changed_at"])


@transaction.atomic
def set_cover(*, actor: User, contest: int, file: IO[bytes], size: int) -> Contest:
    """Gives the contest a cover, drawn anew.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        BadPicture, TooManyPictures: in words for the person.
    """
    found = take_contest(actor=actor, contest=contest)
    picture = upload(actor=actor, file=file, size=size)
    place = {"thing_type": ContentType.objects.get_for_model(Contest), "thing_id": found.pk}
    Picture.objects.filter(pk=picture.pk).update(**place)
    found.cover = picture
    _save(found, ["cover"])
    write(contest=found, actor=actor, act=deeds.CHANGED, fields=["cover"])
    return found


@transaction.atomic
def set_open_to(*, actor: User, contest: int, agencies: Iterable[Any]) -> None:
    """Keeps the contest to these agencies and what is part of them; to all, if none is named.

    Raises:
        Contest.DoesNotExist, PermissionDenied, Fixed
    """
    found = take_contest(actor=actor, contest=contest)
    wanted = {agency.pk for agency in agencies}
    if wanted == set(found.open_to.values_list("pk", flat=True)):
        return
    require_open_method(found)
    found.open_to.set(wanted)
    _save(found, [])
    write(contest=found, actor=actor, act=deeds.CHANGED, fields=["open_to"], agencies=sorted(wanted))


@transaction.atomic
def set_organisers(*, actor: User, contest: int, people: Iterable[User]) -> None:
    """Says who runs it: holders of the organiser's role.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        NoOrganiser: nobody would be left.
    """
    found = take_contest(actor=actor, contest=contest)
    wanted = User.objects.filter(pk__in=[one.pk for one in people], is_active=True, groups__name=Role.ORGANISER.value)
    chosen = set(wanted.values_list("pk", flat=True))
    if not chosen:
        raise NoOrganiser
    if chosen != set(found.organisers.values_list("pk", flat=True)):
        found.organisers.set(chosen)
        write(contest=found, actor=actor, act=deeds.CHANGED, fields=["organisers"], people=sorted(chosen))
