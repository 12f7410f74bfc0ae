"""Who may do what in the library. Reading is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from kmportal.library.models import ImportJob, KnowledgePage, LibraryDocument, SeminarPage
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
    """Review, edit, turn into a page, throw away. An import whose page has gone to a closed circle is that circle's."""
    if job.page_id is not None and not SeminarPage.objects.workable_by(user).filter(pk=job.page_id).exists():
        return False
    if _is(user, Role.NETWORK_COORDINATOR):
        return True
    return can_import(user) and job.owner_id == user.pk


def can_import_for(user: Any, agency: Agency | None) -> bool:
    """Make a page that belongs to this agency; one that belongs to none is the network's."""
    if _is(user, Role.NETWORK_COORDINATOR):
        return True
    return can_import(user) and _is_within(agency, user)


def can_update_seminar(user: Any, page: SeminarPage) -> bool:
    """Give an existing seminar page a new draft from a file: within the circle that may read it."""
    return can_import_for(user, page.agency) and SeminarPage.objects.workable_by(user).filter(pk=page.pk).exists()


def can_publish_import(user: Any) -> bool:
    """Publish the page of an import at once, without review by a second person."""
    return _is(user, Role.NETWORK_COORDINATOR)


# --- Lessons and their life ------------------------------------------------------------------------------------------------------
def can_make_lesson(user: Any) -> bool:
    """Make a lesson draft from seminar items that one may read."""
    return _is(user, Role.NETWORK_COORDINATOR, Role.AGENCY_COORDINATOR)


def can_work_on(user: Any, page: KnowledgePage) -> bool:
    """Edit, hand in, see drafts and history."""
    return bool(user.is_authenticated) and page.permissions_for_user(user).can_edit()


def can_keep_current(user: Any, page: KnowledgePage) -> bool:
    """Confirm that it still holds, archive, restore: the owner, the coordinators of its agency, network coordinators."""
    return KnowledgePage.objects.kept_by(user).filter(pk=page.pk).exists()


def can_report_outdated(user: Any, page: KnowledgePage) -> bool:
    """Tell the owner that something no longer holds: every signed-in reader of the page."""
    return bool(user.is_authenticated) and KnowledgePage.objects.visible_to(user).filter(pk=page.pk).exists()


# --- The document cabinet --------------------------------------------------------------------------------------------------------
def can_file_documents(user: Any) -> bool:
    return _is(user, Role.NETWORK_COORDINATOR, Role.AGENCY_COORDINATOR)


def can_change_document(user: Any, document: LibraryDocument) -> bool:
    """Refile, replace, describe: network coordinators, who filed it, and coordinators of its agency; all within its circle."""
    if not LibraryDocument.objects.visible_to(user).filter(pk=document.pk).exists():
        return False
    if _is(user, Role.NETWORK_COORDINATOR):
        return True
    if not _is(user, Role.AGENCY_COORDINATOR):
        return False
    return document.uploaded_by_user_id == user.pk or _is_within(document.agency, user)
