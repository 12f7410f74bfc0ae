"""What somebody says of themselves."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.ground import ExpertsError, WordsMissing, line
from communities.experts.models import Leaving, Skill
from communities.experts.models.skills import FIRST_YEAR, LONGEST_SKILL, MOST_SKILLS
from kmportal.people.models import User

FURTHEST = timedelta(days=20 * 366)


class EnoughSkills(ExpertsError):
    words = _("Twelve lines are enough: take one away that says less.")


class NotThatYear(ExpertsError):
    words = _("Give a year that has begun.")


class NotThatDay(ExpertsError):
    words = _("Choose a day from today on, at most twenty years ahead.")


@transaction.atomic
def add_skill(*, actor: User, text: str, level: str, since: int | None = None) -> Skill:
    """A line on one's own page; the same words again change the line that says them.

    Args:
        since: a year in C.E.

    Raises:
        WordsMissing, EnoughSkills, NotThatYear
        ValueError: no such level.
    """
    words = line(text, most=LONGEST_SKILL)
    if not words:
        raise WordsMissing
    if level not in Skill.Level.values:
        raise ValueError(level)
    if since is not None and not FIRST_YEAR <= since <= timezone.localdate().year:
        raise NotThatYear
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    others = Skill.objects.filter(owner=actor).exclude(text=words)
    if others.count() >= MOST_SKILLS:
        raise EnoughSkills
    values = {"level": level, "since": since}
    made, _is_new = Skill.objects.update_or_create(
        owner=actor, text=words, defaults=values, create_defaults={**values, "created_at": timezone.now()}
    )
    return made


@transaction.atomic
def remove_skill(*, actor: User, skill: Skill) -> None:
    """Takes a line of one's own away. Gone already is fine.

    Raises:
        Skill.DoesNotExist: somebody else's.
    """
    if skill.owner_id != actor.pk:
        raise Skill.DoesNotExist
    Skill.objects.filter(pk=skill.pk, owner=actor).delete()


@transaction.atomic
def declare_leaving(*, actor: User, on: date | None) -> None:
    """Says when the actor leaves the service; None takes it back.

    Raises:
        NotThatDay
    """
    if on is None:
        Leaving.objects.filter(owner=actor).delete()
        return
    today = timezone.localdate()
    if not today <= on <= today + FURTHEST:
        raise NotThatDay
    Leaving.objects.update_or_create(owner=actor, defaults={"on": on})
