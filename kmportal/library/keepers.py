"""Who answers for a page: asked when a review is due and when a reader says that something is out of date."""

from collections.abc import Iterable
from typing import Any

from kmportal.library.models import KnowledgePage
from kmportal.people.models import User
from kmportal.people.roles import Role


def keepers(page: KnowledgePage, *, with_coordinators: bool = False) -> list[User]:
    """Whom to tell about a page: its owner; where there is none who may still read it, or on demand, the coordinators of its agency;
    where there are none of these, the network coordinators.
    """
    found: list[User] = []
    owner = page.owner
    if owner is not None and owner.is_active and _may_read(owner, page):
        found.append(owner)
    if not found or with_coordinators:
        found += [user for user in _agency_coordinators(page) if user not in found and _may_read(user, page)]
    if not found:
        found = [user for user in _holders(Role.NETWORK_COORDINATOR) if _may_read(user, page)]
    return found


def _may_read(user: User, page: KnowledgePage) -> bool:
    return KnowledgePage.objects.visible_to(user).filter(pk=page.pk).exists()


def _agency_coordinators(page: KnowledgePage) -> Iterable[User]:
    if page.agency is None:
        return []
    above = [agency.pk for agency in page.agency.lineage()]
    return _holders(Role.AGENCY_COORDINATOR).filter(agency__in=above)


def _holders(role: Role) -> Any:
    return User.objects.filter(is_active=True, groups__name=role.value).order_by("pk")
