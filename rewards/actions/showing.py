"""What people let others see of their points."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kmportal.people.models import User
from rewards.models import Showing


@transaction.atomic
def set_showing(*, actor: User, reputation: bool) -> None:
    """Shows one's own reputation on one's page, or hides it.

    Raises:
        PermissionDenied: not signed in.
    """
    if not actor.is_authenticated:
        raise PermissionDenied
    Showing.objects.update_or_create(owner=actor, defaults={"reputation": reputation})
