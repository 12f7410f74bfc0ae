"""The four circles that content is kept to, and the one rule that says who stands in which."""

from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import pgettext_lazy

from kmportal.people.roles import Role


class Visibility(TextChoices):
    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    NETWORK = "network", pgettext_lazy("visibility", "Network members")
    AGENCY = "agency", pgettext_lazy("visibility", "One agency")
    COMMUNITY = "community", pgettext_lazy("visibility", "One community of practice")


def readable_by(user: Any, prefix: str = "") -> Q:
    """The condition for rows that carry visibility, agency and community; prefix is the path to them, such as "page__".

    Public: everybody. Network: signed-in members. Agency: those whose agency is it or is part of it, and network coordinators, who
    curate all agencies' pages. Community: its members, nobody else, whatever their role.
    """
    condition = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    if not (user.is_authenticated and user.is_active):
        return condition
    condition |= Q(**{f"{prefix}visibility": Visibility.NETWORK})
    agency = Q(**{f"{prefix}visibility": Visibility.AGENCY})
    if not user.has_role(Role.NETWORK_COORDINATOR):
        agency &= Q(**{f"{prefix}agency__in": user.agency_ids})
    condition |= agency
    # A subquery, not a join on memberships: a join would repeat rows and spoil counts.
    own = user.memberships.values("community")
    return condition | Q(**{f"{prefix}visibility": Visibility.COMMUNITY, f"{prefix}community__in": own})
