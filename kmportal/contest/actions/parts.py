"""Categories, criteria with their levels, and prizes of a contest: put in, changed, taken out while nobody relies on them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext_lazy as _

from kmportal.contest import deeds
from kmportal.contest.actions.ground import ContestError, take_contest, touch, write
from kmportal.contest.actions.setting_up import require_open_method
from kmportal.contest.models import Category, Contest, Criterion, Level, Prize
from kmportal.people.models import User

MOST_PARTS = 30


class InUse(ContestError):
    words = _("Entries, prizes or scores belong to it. Give them another one first.")


class TooMany(ContestError):
    words = _("That is more than thirty. A contest with fewer is easier to judge.")


class PrizeTwice(ContestError):
    words = _("There is a prize for this place already.")


class LevelTwice(ContestError):
    words = _("Two levels have the same points. Each number of points has one description.")


@transaction.atomic
def save_category(*, actor: User, contest: int, values: Mapping[str, Any], pk: int | None = None) -> Category:
    """Puts a category in, or changes the one of that key: `title_th`, `title_en`, `about_th`, `about_en`, `position`.

    Raises:
        Contest.DoesNotExist, Category.DoesNotExist, PermissionDenied
        TooMany
    """
    found = take_contest(actor=actor, contest=contest)
    made: Category = _save(Category, actor, found, values, pk)
    return made


@transaction.atomic
def save_criterion(
    *, actor: User, contest: int, values: Mapping[str, Any], levels: Iterable[tuple[int, str, str]], pk: int | None = None
) -> Criterion:
    """Puts a criterion in, or changes it, with its levels: (points, words in Thai, words in English).

    Raises:
        Contest.DoesNotExist, Criterion.DoesNotExist, PermissionDenied
        Fixed: entries have opened. TooMany, LevelTwice
    """
    found = take_contest(actor=actor, contest=contest)
    require_open_method(found)
    wanted = list(levels)
    if len({points for points, _th, _en in wanted}) != len(wanted):
        raise LevelTwice
    made: Criterion = _save(Criterion, actor, found, values, pk)
    made.levels.all().delete()
    Level.objects.bulk_create([Level(criterion=made, points=points, words_th=th, words_en=en) for points, th, en in wanted])
    return made


@transaction.atomic
def save_prize(*, actor: User, contest: int, values: Mapping[str, Any], pk: int | None = None) -> Prize:
    """Puts a prize in, or changes it.

    Raises:
        Contest.DoesNotExist, Prize.DoesNotExist, PermissionDenied
        Fixed, TooMany
        PrizeTwice: the place has one.
    """
    found = take_contest(actor=actor, contest=contest)
    require_open_method(found)
    try:
        with transaction.atomic():
            made: Prize = _save(Prize, actor, found, values, pk)
    except IntegrityError as twice:
        raise PrizeTwice from twice
    return made


def _save(model: Any, actor: User, contest: Contest, values: Mapping[str, Any], pk: int | None) -> Any:
    rows = model.objects.filter(contest=contest)
    row = model(contest=contest) if pk is None else rows.get(pk=pk)
    if pk is None and rows.count() >= MOST_PARTS:
        raise TooMany
    for name, value in values.items():
        setattr(row, name, value)
    if not values.get("position"):
        row.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1 if pk is None else row.position or 1
    row.save()
    touch(contest)
    write(contest=contest, actor=actor, act=deeds.CHANGED, part=model._meta.model_name, row=row.pk)
    return row


@transaction.atomic
def remove_part(*, actor: User, contest: int, model: type[Category | Criterion | Prize], pk: int) -> None:
    """Takes a category, a criterion or a prize out.

    Raises:
        Contest.DoesNotExist, model.DoesNotExist, PermissionDenied
        Fixed: entries have opened.
        InUse: something belongs to it.
    """
    found = take_contest(actor=actor, contest=contest)
    require_open_method(found)
    row = model.objects.get(contest=found, pk=pk)
    if isinstance(row, Category) and row.prizes.exists():
        raise InUse
    try:
        row.delete()
    except ProtectedError as used:
        raise InUse from used
    touch(found)
    write(contest=found, actor=actor, act=deeds.CHANGED, part=model._meta.model_name, removed=pk)
