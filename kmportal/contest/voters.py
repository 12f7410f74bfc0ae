"""Who may vote for what: members with an agency, for entries that are neither their own nor of their department, as judges are asked too."""

from hashlib import sha256
from typing import Any

from django.conf import settings

from kmportal.contest.models import Contest, Entry
from kmportal.people.models import Agency

# What stands below one of these is part of it; a ministry is nobody's department.
PARTS = (Agency.Kind.BUREAU, Agency.Kind.GROUP)


def departments(keys: set[int]) -> dict[int, int]:
    """For each agency the department that it is part of, or itself."""
    found = {}
    for agency in Agency.objects.with_lineage().filter(pk__in=keys):
        lineage = agency.lineage()
        found[agency.pk] = next((above.pk for above in lineage if above.kind not in PARTS), lineage[-1].pk)
    return found


def own(user: Any, entries: list[Entry]) -> set[int]:
    """Keys of those that the person may not vote for: theirs, their team's, their department's."""
    mine = set(user.contest_teams.exclude(consent="refused").values_list("entry", flat=True))
    known = departments({key for key in (user.agency_id, *(one.agency_id for one in entries)) if key})
    unit = known.get(user.agency_id)
    return {
        one.pk
        for one in entries
        if one.owner_id == user.pk or one.pk in mine or (unit is not None and known.get(one.agency_id or 0) == unit)
    }


def has_other_part(user: Any, contest: Contest) -> bool:
    """Organisers see names and judges have their say already: neither votes."""
    return contest.organisers.filter(pk=user.pk).exists() or contest.judges.filter(user=user, left_at=None).exists()


def order_for(user: Any, entries: list[Entry]) -> list[Entry]:
    """Shuffled for this person, the same each time: what stands first gets more votes, so something else does for everybody."""
    return sorted(entries, key=lambda one: sha256(f"{settings.SECRET_KEY}:ballot:{user.pk}:{one.pk}".encode()).digest())
