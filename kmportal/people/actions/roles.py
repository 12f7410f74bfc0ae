"""Roles: the groups behind them, and giving and taking them."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from kmportal.core.acts import record
from kmportal.people import permissions
from kmportal.people.acts import ROLE_GIVEN, ROLE_TAKEN
from kmportal.people.models import User
from kmportal.people.roles import CMS_ROLES, MODELS_OF_ROLE, Role

MODEL_ACTS = ("add", "change", "delete", "view")


class CannotGrant(PermissionDenied):
    """This person may not give or take that role from that account."""


@transaction.atomic
def ensure_roles() -> None:
    """Makes the group of every role and gives it the model permissions that Wagtail's lists ask for. May run any number of times.

    Wagtail's own two groups know rights (such as editing every page) that no role of ours has, so they go while nobody is in them.
    """
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    for role in CMS_ROLES:
        groups[role].permissions.add(*Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
    for role, models in MODELS_OF_ROLE.items():
        groups[role].permissions.add(*_permissions_of(models))
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()


def _permissions_of(models: tuple[str, ...]) -> list[Permission]:
    wanted = Q()
    for label in models:
        app, model = label.split(".")
        wanted |= Q(content_type__in=ContentType.objects.filter(app_label=app, model=model)) & Q(
            codename__in=[f"{act}_{model}" for act in MODEL_ACTS]
        )
    return list(Permission.objects.filter(wanted))


@transaction.atomic
def grant_role(*, actor: User, account: User, role: Role) -> None:
    """Gives a role.

    Raises:
        CannotGrant: the actor may not give this role to this account (permissions.can_grant).
    """
    if not permissions.can_grant(actor, account, role):
        raise CannotGrant
    account.groups.add(Group.objects.get(name=role.value))
    record(actor=actor, act=ROLE_GIVEN, thing=account, data={"role": role.value})
    _forget(account)


@transaction.atomic
def revoke_role(*, actor: User, account: User, role: Role) -> None:
    """Takes a role away; it ends with the account's next request.

    Raises:
        CannotGrant: the actor may not take this role from this account.
    """
    if not permissions.can_grant(actor, account, role):
        raise CannotGrant
    account.groups.remove(Group.objects.get(name=role.value))
    record(actor=actor, act=ROLE_TAKEN, thing=account, data={"role": role.value})
    _forget(account)


def _forget(account: User) -> None:
    """The object in hand has its roles read once; after a change it must read them again."""
    for kept in ("role_names", "_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        account.__dict__.pop(kept, None)
