"""Who may be named in a message: members of the community who show themselves to the one who writes."""

from typing import Any

from communities.models import Community
from kmportal.people.models import Person

MOST = 6
LONGEST = 40


def people(user: Any, community: Community, words: str) -> list[dict[str, str]]:
    """The first few whose name holds the words; never oneself."""
    typed = " ".join(words.replace("\x00", "").split())[:LONGEST]
    if not typed:
        return []
    members = community.memberships.values("user")
    found = Person.objects.visible_to(user).filter(user__in=members, user__is_active=True).exclude(user=user).matching(typed)
    return [
        {"url": person.get_absolute_url(), "name": str(person), "note": _note(person)}
        for person in found.select_related("agency").order_by("order", "pk")[:MOST]
    ]


def _note(person: Person) -> str:
    """What tells namesakes apart."""
    return " · ".join(str(part) for part in (person.position, person.agency) if part)
