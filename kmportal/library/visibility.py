"""The four circles that content is kept to, and the one rule that says who stands in which."""

from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import pgettext_lazy

from kmportal.people.guests import in_network
from kmportal.people.models import Agency
from kmportal.people.roles import Role


class Visibility(TextChoices):
    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    NETWORK = "network", pgettext_lazy("visibility", "Network members")
    AGENCY = "agency", pgettext_lazy("visibility", "One agency")
    COMMUNITY = "community", pgettext_lazy("visibility", "One community of practice")


def readable_by(user: Any, prefix: str = "") -> Q:
    """The condition for rows that carry visibility, agency and community; prefix is the path to them, such as "page__".

    Public: everybody. Network: signed-in members, not guests. Agency: those whose agency is it or is part of it, and network coordinators, who
    curate all agencies' pages. Community: its members, nobody else, whatever their role.
    """
    condition = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    if not (user.is_authenticated and user.is_active):
        return condition
    if in_network(user):
        condition |= Q(**{f"{prefix}visibility": Visibility.NETWORK})
    agency = Q(**{f"{prefix}visibility": Visibility.AGENCY})
    if not user.has_role(Role.NETWORK_COORDINATOR):
        agency &= Q(**{f"{prefix}agency__in": user.agency_ids})
    condition |= agency
    # A subquery, not a join on memberships: a join would repeat rows and spoil counts.
    own = user.memberships.values("community")
    return condition | Q(**{f"{prefix}visibility": Visibility.COMMUNITY, f"{prefix}community__in": own})


def workable_by(user: Any, prefix: str = "") -> Q:
    """The condition for pages, in any state, that a person may work on in the CMS; prefix is the path from the page to its circle.

    They must be readable both as published and as last drafted: a draft may be kept to a narrower circle than the page it will
    replace. Network coordinators work on all of these; everybody else on their own and, agency coordinators, on those of their agency.
    """
    if not (user.is_authenticated and user.is_active):
        return Q(pk__in=[])
    condition = readable_by(user, prefix) & (Q(latest_revision=None) | _draft_readable_by(user))
    if user.is_superuser or user.has_role(Role.NETWORK_COORDINATOR):
        return condition
    theirs = Q(owner=user)
    if user.has_role(Role.AGENCY_COORDINATOR) and user.agency_id:
        theirs |= Q(**{f"{prefix}agency__in": Agency.objects.within(user.agency)})
    return condition & theirs


def revision_readable_by(user: Any, content: dict[str, Any]) -> bool:
    """The same rule for one stored version of a page."""
    if content.get("visibility") == Visibility.COMMUNITY:
        return user.memberships.filter(community=content.get("community")).exists()
    if content.get("visibility") == Visibility.AGENCY:
        return user.has_role(Role.NETWORK_COORDINATOR) or content.get("agency") in user.agency_ids
    return True


def _draft_readable_by(user: Any) -> Q:
    path = "latest_revision__content__"
    condition = Q(**{f"{path}visibility__in": [Visibility.PUBLIC.value, Visibility.NETWORK.value]})
    agency = Q(**{f"{path}visibility": Visibility.AGENCY.value})
    if not user.has_role(Role.NETWORK_COORDINATOR):
        agency &= Q(**{f"{path}agency__in": sorted(user.agency_ids)})
    own = list(user.memberships.values_list("community", flat=True))
    return condition | agency | Q(**{f"{path}visibility": Visibility.COMMUNITY.value, f"{path}community__in": own})
