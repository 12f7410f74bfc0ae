"""One's duties, who stands in, and when one is away."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.ground import ExpertsError, WordsMissing, line, places_of, plain
from communities.experts.kinds import DEPUTY_ANSWERED, DEPUTY_ASKED, DEPUTY_AWAY
from communities.experts.models import Absence, Duty
from communities.experts.models.duties import MOST_DUTIES, PARTS
from communities.experts.models.offers import Circle
from kmportal.inbox.actions import settle, take_back, tell
from kmportal.people.models import Person, User

LONGEST = {"steps": 4000, "contacts": 2000, "calendar": 2000, "pitfalls": 2000, "documents": 2000}
AWAY_AHEAD, MOST_ABSENCES = timedelta(days=2 * 366), 10
Stands = Duty.Stands


class EnoughDuties(ExpertsError):
    words = _("Thirty duties are enough for one person. Put small ones together.")


class NamedAlready(ExpertsError):
    words = _("You have a duty of this name already.")


class NotADeputy(ExpertsError):
    words = _("This person cannot be found in the directory. Choose somebody who shows their page to members.")


class NotThatTime(ExpertsError):
    words = _("Choose a first day not after the last; the last day from today on, at most two years ahead.")


class EnoughAbsences(ExpertsError):
    words = _("You have written down ten absences. Take one away first.")


@transaction.atomic
def save_duty(*, actor: User, name: str, parts: Mapping[str, str], deputy: User | None, duty: Duty | None = None) -> Duty:
    """Writes a duty, or changes one of the actor's own. A new deputy is asked; one who is not asked any more is not told.

    Raises:
        Duty.DoesNotExist: gone, or somebody else's.
        WordsMissing, EnoughDuties, NamedAlready, NotADeputy
    """
    title = line(name, most=120)
    if not title:
        raise WordsMissing
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    mine = Duty.objects.filter(owner=actor)
    found = mine.get(pk=duty.pk) if duty is not None else Duty(owner=actor)
    if duty is None and mine.count() >= MOST_DUTIES:
        raise EnoughDuties
    if mine.filter(name=title).exclude(pk=found.pk).exists():
        raise NamedAlready
    found.name, found.changed_at = title, timezone.now()
    for part in PARTS:
        setattr(found, part, plain(parts.get(part, ""), most=LONGEST[part]))
    before = found.deputy_id
    _set_deputy(actor, found, deputy)
    found.save()
    if before is not None and before != found.deputy_id:
        settle(kind=DEPUTY_ASKED, thing=found)
    if found.deputy is not None and before != found.deputy_id:
        tell(kind=DEPUTY_ASKED, recipients=[found.deputy], actor=actor, thing=found, key=_asked(found))
    return found


@transaction.atomic
def remove_duty(*, actor: User, duty: Duty) -> None:
    """Takes a duty of one's own away.

    Raises:
        Duty.DoesNotExist
    """
    found = Duty.objects.get(pk=duty.pk, owner=actor)
    if found.asked_at is not None:
        take_back(kind=DEPUTY_ASKED, key=_asked(found))
    found.delete()


@transaction.atomic
def answer_deputy(*, actor: User, duty: Duty, stands: bool, says: str = "") -> Duty:
    """The deputy says whether they stand in; they may change their mind. The owner hears of it.

    Raises:
        Duty.DoesNotExist: gone, or not the actor's to read; somebody else is asked meanwhile.
        PermissionDenied: one's own duty.
    """
    found = Duty.objects.visible_to(actor).select_for_update(no_key=True, of=("self",)).select_related("owner").get(pk=duty.pk)
    if found.deputy_id != actor.pk:
        raise PermissionDenied
    state = Stands.YES if stands else Stands.NO
    if found.stands == state:
        return found
    found.stands, found.says = state, line(says, most=300)
    found.save(update_fields=["stands", "says"])
    settle(kind=DEPUTY_ASKED, thing=found)
    key = f"{found.pk}:{state}:{timezone.now().timestamp()}"
    tell(kind=DEPUTY_ANSWERED, recipients=[found.owner], actor=actor, thing=found, key=key, data={"stands": stands})
    return found


@transaction.atomic
def be_away(*, actor: User, starts: date, ends: date, circle: str, note: str = "") -> Absence:
    """Says when the actor is away, and to whom it is shown who stands in. The deputies who confirmed hear of it.

    Raises:
        NotThatTime, EnoughAbsences
        ValueError: no such circle.
    """
    today = timezone.localdate()
    if circle not in Circle.values:
        raise ValueError(circle)
    if not (starts <= ends and today <= ends <= today + AWAY_AHEAD):
        raise NotThatTime
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    mine = Absence.objects.filter(owner=actor, ends__gte=today)
    same = mine.filter(starts=starts, ends=ends).first()
    if same is None and mine.count() >= MOST_ABSENCES:
        raise EnoughAbsences
    made = same or Absence(owner=actor, starts=starts, ends=ends)
    made.circle, made.note = circle, line(note, most=200)
    made.agency, made.house = places_of(actor).values()
    made.save()
    data = {"starts": starts.isoformat(), "ends": ends.isoformat()}
    for duty in Duty.objects.filter(owner=actor, stands=Stands.YES).select_related("deputy"):
        if duty.deputy is not None:
            key = f"{duty.pk}:{starts}:{ends}"
            tell(
                kind=DEPUTY_AWAY,
                recipients=[duty.deputy],
                actor=actor,
                thing=duty,
                key=key,
                data=data,
            )
    return made


@transaction.atomic
def be_back(*, actor: User, absence: Absence) -> None:
    """Takes an absence of one's own away. Gone already is fine.

    Raises:
        Absence.DoesNotExist: somebody else's.
    """
    if absence.owner_id != actor.pk:
        raise Absence.DoesNotExist
    Absence.objects.filter(pk=absence.pk, owner=actor).delete()


def _set_deputy(actor: User, found: Duty, deputy: User | None) -> None:
    if deputy is None:
        found.deputy, found.stands, found.says, found.asked_at = None, Stands.NOBODY, "", None
        return
    if deputy.pk == found.deputy_id and found.stands != Stands.NO:
        return
    known = Person.objects.visible_to(actor).filter(user=deputy, user__is_active=True).exists()
    if deputy.pk == actor.pk or not known:
        raise NotADeputy
    if deputy.pk != found.deputy_id:
        found.deputy, found.stands, found.says, found.asked_at = deputy, Stands.ASKED, "", timezone.now()


def _asked(duty: Duty) -> str:
    return f"{duty.pk}:{duty.asked_at}"
