"""The people of an entry: asked by the owner, named only once they agree."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds
from kmportal.contest.actions.entry_ground import changed, lock_contest_of, take_changeable
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.kinds import ANSWERED, ASKED
from kmportal.contest.models import Entry, TeamMember
from kmportal.contest.permissions import can_hand_in
from kmportal.inbox.actions import tell
from kmportal.people.models import Person, User


class NoTeam(ContestError):
    words = _("One person enters alone. Choose a team or a unit in the first step to name others.")


class TeamIsFull(ContestError):
    words = _("The team has as many people as this contest allows.")


class AskedAlready(ContestError):
    words = _("This person was asked already, or is the one who enters.")


class NotInTime(ContestError):
    words = _("The results are published, so the names stay as they are.")


@transaction.atomic
def ask(*, actor: User, entry: int, person: Person, part: str = "") -> TeamMember:
    """Asks somebody whom the actor may see whether the team may name them.

    Raises:
        Entry.DoesNotExist, Person.DoesNotExist, PermissionDenied
        NoTeam, TeamIsFull, AskedAlready, Settled, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    if not can_hand_in(actor, found):
        raise PermissionDenied
    seen = Person.objects.visible_to(actor).filter(user__is_active=True).select_related("user").get(pk=person.pk)
    _require_room(found, seen)
    if seen.user is None:
        raise Person.DoesNotExist
    last = found.team.aggregate(last=Max("position"))["last"] or 0
    member = TeamMember.objects.create(
        entry=found, user=seen.user, printed=seen.formal_name[:160], part=" ".join(part.replace("\x00", "").split())[:160],
        position=last + 1, asked_at=clock.now(),
    )  # fmt: skip
    write(contest=found.contest, actor=actor, act=deeds.ASKED, entry=found, person=member.user_id)
    changed(actor=actor, entry=found)
    tell(
        kind=ASKED, recipients=[member.user], actor=actor, thing=found, key=f"member:{member.pk}",
        titles=(found.title or str(found.contest), ""), data={"contest": str(found.contest)},
    )  # fmt: skip
    return member


def _require_room(entry: Entry, person: Person) -> None:
    if entry.kind == Entry.Kind.PERSON:
        raise NoTeam
    if person.user_id == entry.owner_id or entry.team.filter(user=person.user_id).exists():
        raise AskedAlready
    if entry.team.exclude(consent=TeamMember.Consent.REFUSED).count() + 1 >= entry.contest.most_members:
        raise TeamIsFull


@transaction.atomic
def answer(*, actor: User, entry: int, agrees: bool, printed: str = "") -> TeamMember:
    """Says for oneself whether one may be named, and how a certificate writes the name. May be changed until the results.

    Raises:
        Entry.DoesNotExist: not asked.
        NotInTime
    """
    contest = lock_contest_of(actor=actor, entry=entry)
    try:
        member = (
            TeamMember.objects.select_for_update(no_key=True, of=("self",))
            .select_related("entry__owner")
            .get(entry=entry, user=actor)
        )
    except TeamMember.DoesNotExist as stranger:
        raise Entry.DoesNotExist from stranger
    if contest.is_published:
        raise NotInTime
    member.consent = TeamMember.Consent.GIVEN if agrees else TeamMember.Consent.REFUSED
    member.answered_at = clock.now()
    member.printed = " ".join(printed.replace("\x00", "").split())[:160] or member.printed
    member.save(update_fields=["consent", "answered_at", "printed"])
    write(contest=contest, actor=actor, act=deeds.AGREED if agrees else deeds.DECLINED, entry=member.entry)
    tell(
        kind=ANSWERED, recipients=[member.entry.owner], actor=actor, thing=member.entry,
        key=f"member:{member.pk}:{member.answered_at.isoformat()}", data={"agrees": agrees},
    )  # fmt: skip
    return member


@transaction.atomic
def remove(*, actor: User, entry: int, pk: int) -> None:
    """Takes somebody out of the team; the owner's word, or their own refusal.

    Raises:
        Entry.DoesNotExist, TeamMember.DoesNotExist, PermissionDenied
        Settled, TooLate
    """
    found = take_changeable(actor=actor, entry=entry)
    if not can_hand_in(actor, found):
        raise PermissionDenied
    member = found.team.get(pk=pk)
    write(contest=found.contest, actor=actor, act=deeds.REMOVED, entry=found, person=member.user_id)
    member.delete()
    changed(actor=actor, entry=found)
