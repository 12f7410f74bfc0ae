"""Accounts: what happens after the first sign-in, agency and language of an account, and what the site administrator does to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from kmportal.core.acts import record
from kmportal.core.sessions import look_again
from kmportal.people import permissions
from kmportal.people.actions.roles import CannotGrant, grant_role, revoke_role
from kmportal.people.acts import PLACED, ROLE_GIVEN, ROLE_TAKEN, SWITCHED_OFF, SWITCHED_ON
from kmportal.people.domains import agency_of_address, may_sign_up
from kmportal.people.models import Agency, Person, User
from kmportal.people.names import person_key, split_prefix
from kmportal.people.roles import Role
from kmportal.retrieval import actions as search

LANGUAGES = frozenset({"th", "en"})


class CannotPlace(PermissionDenied):
    """This person may not give that account that agency."""


class UnknownLanguage(ValidationError):
    """The portal has no such language."""


class AddressTaken(ValidationError):
    """Another account has this mail address."""


@dataclass(frozen=True, kw_only=True)
class AccountDetails:
    """What the site administrator sets; roles are the whole new set."""

    email: str
    given_name: str
    family_name: str
    language: str = "th"
    is_active: bool = True
    agency: Agency | None = None
    roles: frozenset[Role] = frozenset()


@transaction.atomic
def complete_signup(*, account: User) -> Person:
    """Gives an account that has signed in its page and its agency. May run at each sign-in; the second time changes nothing.

    Runs only after the mail address is proven, so nobody shows in the directory under a name and agency that they merely typed. A
    person of the same name who is there already (a speaker) is never taken over by a name alone: a coordinator merges the two.

    Returns:
        The person the account belongs to.
    """
    person = Person.objects.filter(user=account).first()
    if account.agency_id is None and (agency := agency_of_address(account.email)) is not None:
        account.agency = agency
        account.save(update_fields=["agency"])
        account.__dict__.pop("agency_ids", None)
    if account.is_guest and may_sign_up(account.email):  # its domain was listed meanwhile
        account.is_guest = False
        account.save(update_fields=["is_guest"])
    if person is not None:
        return person
    prefix, given = split_prefix(account.first_name or account.email.partition("@")[0])
    return Person.objects.create(
        user=account,
        prefix=prefix,
        given_name=given[:80],
        family_name=account.last_name[:80],
        agency=account.agency,
        key=person_key(given[:80], account.last_name[:80]),
    )


@transaction.atomic
def receive_guest(*, account: User) -> None:
    """Notes of a new account that an invitation let it in, not its mail domain: it is of its communities, not of the network."""
    account.is_guest = True
    account.save(update_fields=["is_guest"])


@transaction.atomic
def set_language(*, actor: User, language: str) -> None:
    """Remembers the language the person reads and gets mail in.

    Raises:
        UnknownLanguage: not one of ours.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(_("The portal is in Thai and English."))
    if actor.language != language:
        actor.language = language
        actor.save(update_fields=["language"])


@transaction.atomic
def place_account(*, actor: User, account: User, agency: Agency | None) -> None:
    """Moves an account, and the page of its person, to an agency. What it may read changes with its next request.

    Raises:
        CannotPlace: see permissions.can_place_account.
    """
    if not permissions.can_place_account(actor, account, agency):
        raise CannotPlace
    _move(account, agency)
    log(instance=account, action="people.place", user=actor, data={"agency": agency.slug if agency else ""})
    record(actor=actor, act=PLACED, thing=account, data={"agency": agency.slug if agency else ""})


def _move(account: User, agency: Agency | None) -> None:
    account.agency = agency
    account.is_guest = account.is_guest and agency is None
    account.save(update_fields=["agency", "is_guest"])
    account.__dict__.pop("agency_ids", None)
    Person.objects.filter(user=account).update(agency=agency)
    search.index(Person.objects.filter(user=account))


@transaction.atomic
def change_account(
    *, actor: User, account: User, agency: Agency | None, give: frozenset[Role] = frozenset(), take: frozenset[Role] = frozenset()
) -> None:
    """What a coordinator sets for somebody else: agency and roles, each by its own rule, all or nothing.

    Raises:
        CannotPlace, CannotGrant: the actor may not do one of these.
    """
    if account.agency != agency:
        place_account(actor=actor, account=account, agency=agency)
    for role in give:
        if not account.has_role(role):
            grant_role(actor=actor, account=account, role=role)
    for role in take:
        if account.has_role(role):
            revoke_role(actor=actor, account=account, role=role)


@transaction.atomic
def save_account(*, actor: User, account: User | None = None, details: AccountDetails) -> User:
    """Makes or changes an account. A new one has no password: its owner sets one through "forgot password", which proves the address.

    Raises:
        PermissionDenied: the actor is no site administrator, or would change a superuser without being one.
        AddressTaken: another account has the address.
        CannotGrant: the actor may not change one of the roles (their own, for instance).
    """
    if not permissions.can_administer_accounts(actor) or (account and account.is_superuser and not actor.is_superuser):
        raise PermissionDenied
    email = details.email.strip().lower()
    if User.objects.exclude(pk=account.pk if account and account.pk else 0).filter(email__iexact=email).exists():
        raise AddressTaken({"email": _("Another account has this address.")})
    saved = account or User()
    was_active = account.is_active if account else True
    moved = bool(account) and saved.agency != details.agency
    if moved and not permissions.can_place_account(actor, saved, details.agency):
        raise CannotPlace
    if saved.pk == actor.pk and not details.is_active:
        raise PermissionDenied
    saved.email, saved.first_name, saved.last_name = email, details.given_name, details.family_name
    saved.language, saved.is_active = details.language, details.is_active
    if account is None:
        saved.set_unusable_password()
        saved.agency = details.agency or agency_of_address(email)
    saved.save()
    if moved:
        _move(saved, details.agency)
        record(actor=actor, act=PLACED, thing=saved, data={"agency": details.agency.slug if details.agency else ""})
    _set_roles(actor, saved, details.roles)
    log(instance=saved, action="wagtail.edit" if account else "wagtail.create", user=actor)
    if saved.is_active != was_active:
        record(actor=actor, act=SWITCHED_ON if saved.is_active else SWITCHED_OFF, thing=saved)
        look_again(saved.pk)
    return saved


def _set_roles(actor: User, account: User, wanted: Iterable[Role]) -> None:
    """Gives and takes what differs; a role that the actor may not give stops everything."""
    names = {role.value for role in wanted}
    changed = names ^ set(account.groups.filter(name__in=Role.values).values_list("name", flat=True))
    if not all(permissions.can_grant(actor, account, Role(name)) for name in changed):
        raise CannotGrant
    for name in sorted(changed):
        group = Group.objects.get(name=name)
        (account.groups.add if name in names else account.groups.remove)(group)
        record(actor=actor, act=ROLE_GIVEN if name in names else ROLE_TAKEN, thing=account, data={"role": name})
    account.__dict__.pop("role_names", None)
