"""Who may do what in the library. Reading is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from kmportal.library.models import ImportJob, SeminarPage
from kmportal.people.models import Agency
from kmportal.people.roles import Role


def _is(user: Any, *roles: Role) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_role(*roles))


def _is_within(agency: Agency | None, user: Any) -> bool:
    """Whether the agency is the user's own or part of it."""
    return agency is not None and user.agency_id is not None and user.agency_id in {above.pk for above in agency.lineage()}


# --- Imports ---------------------------------------------------------------------------------------------------------------------
def can_import(user: Any) -> bool:
    """Upload summaries: network coordinators for all, agency coordinators for their own agency."""
    if _is(user, Role.NETWORK_COORDINATOR):
        return True
    return _is(user, Role.AGENCY_COORDINATOR) and user.agency_id is not None


def can_work_on_import(user: Any, job: ImportJob) -> bool:
    """Review, edit, turn into a page, throw away."""
    if _is(user, Role.NETWORK_COORDINATOR):
        return True
    return can_import(user) and job.owner_id == user.pk


def can_import_for(user: Any, agency: Agency | None) -> bool:
    """Make a page that belongs to this agency; one that belongs to none is the network's."""
    if _is(user, Role.NETWORK_COORDINATOR):
        return True
    return can_import(user) and _is_within(agency, user)


def can_update_seminar(user: Any, page: SeminarPage) -> bool:
    """Give an existing seminar page a new draft from a file."""
    return can_import_for(user, page.agency)


def can_publish_import(user: Any) -> bool:
    """Publish the page of an import at once, without review by a second person."""
    return _is(user, Role.NETWORK_COORDINATOR)
