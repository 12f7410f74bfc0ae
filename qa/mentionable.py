"""Who may be named in a post, or asked for an answer: only people who may read the question, and who show themselves to the asker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from communities.models import Community
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import Role
from qa.models import Question

MOST = 6
LONGEST = 40
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Readers:
    """The circle of a question, asked or about to be asked. `nobody` where there is no such circle."""

    visibility: str
    agency: Agency | None = None
    community: Community | None = None
    nobody: bool = False

    @classmethod
    def of(cls, question: Question) -> "Readers":
        return cls(question.visibility, question.agency, question.community)


NOBODY = Readers("", nobody=True)


def circle_of(data: Mapping[str, Any], user: Any) -> Readers:
    """What an address says: a question that this person may read, or a circle that they could ask in."""
    if "question" in data:
        question = (
            Question.objects.visible_to(user).filter(pk=_key(data["question"])).select_related("agency", "community").first()
        )
        return Readers.of(question) if question else NOBODY
    visibility = data.get("visibility", Visibility.NETWORK.value)
    if visibility == Visibility.COMMUNITY:
        community = Community.objects.of(user).filter(pk=_key(data.get("community"))).first()
        return Readers(visibility, community=community) if community else NOBODY
    if visibility == Visibility.AGENCY:
        return Readers(visibility, agency=user.agency) if user.agency else NOBODY
    return Readers(visibility) if visibility in Visibility.values else NOBODY


def _key(text: Any) -> int:
    found = int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 20 else 0
    return found if found <= LARGEST_KEY else 0


def reading(circle: Readers) -> "QuerySet[User]":
    """Accounts that stand in the circle: the rule of library.visibility, read the other way round (a test compares the two)."""
    active = User.objects.filter(is_active=True)
    if circle.nobody:
        return active.none()
    if circle.visibility == Visibility.AGENCY:
        assert circle.agency is not None  # noqa: S101 - a constraint of the question, and circle_of
        inside = Q(agency__in=Agency.objects.within(circle.agency))
        return active.filter(inside | Q(pk__in=User.objects.filter(groups__name=Role.NETWORK_COORDINATOR.value).values("pk")))
    if circle.visibility == Visibility.COMMUNITY:
        assert circle.community is not None  # noqa: S101 - the same
        return active.filter(pk__in=circle.community.memberships.values("user"))
    return active


def people(user: Any, circle: Readers, words: str) -> list[Person]:
    """The first few whose name holds the words, of those in the circle that this person sees; never they themselves."""
    typed = " ".join(words.replace("\x00", "").split())[:LONGEST]
    if not typed:
        return []
    found = Person.objects.visible_to(user).filter(user__in=reading(circle)).exclude(user=user).matching(typed)
    return list(found.select_related("agency").order_by("order", "pk")[:MOST])


def note(person: Person) -> str:
    """What tells namesakes apart."""
    return " · ".join(str(part) for part in (person.position, person.agency) if part)
