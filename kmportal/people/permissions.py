"""Who may do what to accounts, agencies and people. docs/PERMISSIONS.md shows this as a table; a test compares the two."""

from typing import Any

from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import AGENCY_LEVEL_ROLES, Role


def _is(user: Any, *roles: Role) -> bool:
    """A signed-in, active holder of one of the roles; a superuser (the operator's emergency account) counts as site administrator."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_role(*roles)) or (user.is_superuser and Role.SITE_ADMIN in roles)


def _is_within(agency: Agency | None, above: Agency | None) -> bool:
    return agency is not None and above is not None and above in agency.lineage()


def can_curate_agencies(user: Any) -> bool:
    """Make, change and merge agencies, and say which mail domains are theirs."""
    return _is(user, Role.NETWORK_COORDINATOR, Role.SITE_ADMIN)


def can_curate_people(user: Any) -> bool:
    """Make, change and merge the people whom knowledge is credited to."""
    return _is(user, Role.NETWORK_COORDINATOR, Role.SITE_ADMIN)


def can_edit_person(user: Any, person: Person) -> bool:
    """One's own page, or any page of somebody without an account for those who curate."""
    if not user.is_authenticated:
        return False
    if person.user_id is not None:
        return bool(person.user_id == user.pk)
    return can_curate_people(user)


def can_administer_accounts(user: Any) -> bool:
    """Make, switch off and remove accounts."""
    return _is(user, Role.SITE_ADMIN)


def can_place_anywhere(user: Any) -> bool:
    """Take people into every agency: those who look after the whole network."""
    return _is(user, Role.NETWORK_COORDINATOR, Role.SITE_ADMIN)


def can_invite(user: Any, agency: Agency | None) -> bool:
    """Make an account for somebody who should join, in this agency: agency coordinators within their own."""
    return can_place_anywhere(user) or (_is(user, Role.AGENCY_COORDINATOR) and _is_within(agency, user.agency))


def can_place_account(user: Any, account: User, agency: Agency | None) -> bool:
    """Give an account its agency, which decides what it may read.

    Site administrators and network coordinators: any, but not their own. Agency coordinators: only people who are in their agency
    already or in none, and only within their agency.
    """
    if user.pk == account.pk:
        return False
    if can_place_anywhere(user):
        return True
    if not _is(user, Role.AGENCY_COORDINATOR):
        return False
    comes_from = account.agency is None or _is_within(account.agency, user.agency)
    return comes_from and _is_within(agency, user.agency)


def can_grant(user: Any, account: User, role: Role) -> bool:
    """Give or take a role. Nobody changes their own roles, so one person alone can never widen what they may do.

    Site administrators: every role. Network coordinators: roles that reach no further than an agency. Superuser rights are given on
    the command line only.
    """
    if user.pk == account.pk:
        return False
    if _is(user, Role.SITE_ADMIN):
        return True
    return role in AGENCY_LEVEL_ROLES and _is(user, Role.NETWORK_COORDINATOR)


def can_see_accounts(user: Any) -> bool:
    """Open the list of accounts: coordinators, for those they may place."""
    return _is(user, Role.NETWORK_COORDINATOR, Role.AGENCY_COORDINATOR, Role.SITE_ADMIN)


def can_manage_account(user: Any, account: User) -> bool:
    """See the page where agency and roles of an account are set."""
    if user.pk == account.pk or not can_see_accounts(user):
        return False
    return can_place_anywhere(user) or can_place_account(user, account, user.agency)
