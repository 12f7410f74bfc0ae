"""What people let others see of their points."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kmportal.people.models import User
from rewards.models import Showing


@transaction.atomic
def set_showing(*, actor: User, reputation: bool, badges: bool = True, boards: bool = True, thanks: bool = True) -> None:
    """Shows one's own reputation and badges on one's page, one's name on the boards and beside thanks, or hides them.

    Raises:
        PermissionDenied: not signed in.
    """
    if not actor.is_authenticated:
        raise PermissionDenied
    chosen = {"reputation": reputation, "badges": badges, "boards": boards, "thanks": thanks}
    Showing.objects.update_or_create(owner=actor, defaults=chosen)
