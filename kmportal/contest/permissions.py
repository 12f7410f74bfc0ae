"""Who may do what in contests. Seeing is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from kmportal.contest.models import Contest, Entry, TeamMember
from kmportal.contest.phases import Phase, phase_of
from kmportal.people.guests import in_network
from kmportal.people.roles import Role


def can_set_up(user: Any) -> bool:
    """Make a contest, or a copy of one: organisers by role. Other roles, those of the network included, give no right here."""
    return in_network(user) and user.has_role(Role.ORGANISER)


def can_run(user: Any, contest: Contest) -> bool:
    """Change, announce, screen, appoint judges, publish: the organisers that stand in the contest and still have the role."""
    return can_set_up(user) and contest.organisers.filter(pk=user.pk).exists()


def can_enter(user: Any, contest: Contest) -> bool:
    """Begin an entry: members of the agencies that it is open to, who neither run it nor judge it."""
    if not in_network(user) or phase_of(contest) != Phase.ENTERING:
        return False
    if contest.organisers.filter(pk=user.pk).exists() or contest.judges.filter(user=user, left_at=None).exists():
        return False
    return is_open_to(user, contest)


def is_open_to(user: Any, contest: Contest) -> bool:
    """Whether the contest is open to the person's agency, or to one that it is part of."""
    wanted = set(contest.open_to.values_list("pk", flat=True))
    return not wanted or bool(wanted & user.agency_ids)


def can_work(user: Any, entry: Entry) -> bool:
    """Write in an entry: its owner, and team members who agreed. Whether there is still time is for the verb."""
    if not in_network(user):
        return False
    if entry.owner_id == user.pk:
        return True
    return entry.team.filter(user=user, consent=TeamMember.Consent.GIVEN).exists()


def can_hand_in(user: Any, entry: Entry) -> bool:
    """Hand in, withdraw, name the team: the owner alone, so that two do not undo each other's word."""
    return in_network(user) and entry.owner_id == user.pk
