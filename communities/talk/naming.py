"""Members named in a message by a typed "@" and their name, where no list was there to choose from."""

from collections import defaultdict

from communities.models import Community
from kmportal.core import mentions
from kmportal.people.models import Person, User


def linked(*, actor: User, community: Community, html: str) -> str:
    """The text with links to the members it names. One query, none where nobody is named.

    "@Given Family", or "@Given" where one member alone has that name. Only members who show themselves to the actor: the text tells nothing
    that the list of members does not.
    """
    firsts = mentions.typed(html)
    if not firsts:
        return html
    members = community.memberships.values("user")
    people = Person.objects.visible_to(actor).filter(user__in=members, user__is_active=True, given_name__in=firsts)
    known: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people.order_by("pk"):
        known[person.given_name].append(person)

    def find(first: str, second: str) -> tuple[str, str] | None:
        whole = [person for person in known[first] if second and person.family_name == second]
        if len(whole) == 1:
            return f"{first} {second}", whole[0].get_absolute_url()
        return (first, known[first][0].get_absolute_url()) if len(known[first]) == 1 else None

    return mentions.linked(html, find) if known else html
