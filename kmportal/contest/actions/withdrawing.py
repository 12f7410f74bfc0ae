"""Taking an entry out of the contest while entries are open. It stays its owner's and may be handed in again until the deadline."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds
from kmportal.contest.actions.entry_ground import TooLate, take_entry
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.kinds import WITHDRAWN
from kmportal.contest.models import Entry, TeamMember
from kmportal.contest.permissions import can_hand_in
from kmportal.inbox.actions import tell
from kmportal.people.models import User


class NotHandedIn(ContestError):
    words = _("This entry is not handed in, so there is nothing to withdraw.")


@transaction.atomic
def withdraw(*, actor: User, entry: int) -> Entry:
    """Its owner and whoever agreed to be in the team keep it as a draft. What was handed in before stays in the book.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        NotHandedIn, TooLate
    """
    found = take_entry(actor=actor, entry=entry)
    if not can_hand_in(actor, found):
        raise PermissionDenied
    if found.state != Entry.State.SUBMITTED:
        raise NotHandedIn
    at = clock.reading()
    still = Entry.objects.filter(pk=found.pk, state=Entry.State.SUBMITTED, contest__enter_until__gt=at)
    if not still.update(state=Entry.State.WITHDRAWN, withdrawn_at=at):
        raise TooLate(found.contest, at)
    found.state, found.withdrawn_at = Entry.State.WITHDRAWN, at
    write(contest=found.contest, actor=actor, act=deeds.WITHDRAWN, entry=found)
    team = User.objects.filter(contest_teams__entry=found, contest_teams__consent=TeamMember.Consent.GIVEN)
    key = f"entry:{found.pk}:{found.version}:withdrawn"
    tell(
        kind=WITHDRAWN,
        recipients=[found.owner, *team],
        thing=found,
        key=key,
        data={"at": at.isoformat(), "contest": str(found.contest)},
    )
    return found
