"""Keeping a way to narrow the list of questions under a name."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.people.models import User
from qa.actions.ground import NoText, QaError, TooLong
from qa.models import SavedFilter
from qa.models.filters import LONGEST_NAME
from qa.permissions import can_save_draft

MOST = 12
LONGEST_QUERY = 400


class TooManyFilters(QaError):
    words = _("You keep twelve filters already. Forget one that you no longer use.")


class NothingToKeep(QaError):
    words = _("Choose something to narrow the list by first, then keep it.")


@transaction.atomic
def keep_filter(*, actor: User, name: str, query: str) -> SavedFilter:
    """Keeps the choices of an address under a name of one's own. The same name again replaces what it stood for.

    Raises:
        PermissionDenied: no active member.
        NoText, TooLong, NothingToKeep, TooManyFilters
    """
    if not can_save_draft(actor):
        raise PermissionDenied
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise NoText
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise TooLong
    if not query:
        raise NothingToKeep
    # Locked, so that two at once do not pass the limit together.
    User.objects.select_for_update(no_key=True).filter(pk=actor.pk).values("pk").first()
    mine = SavedFilter.objects.visible_to(actor)
    if mine.exclude(name=name).count() >= MOST:
        raise TooManyFilters
    kept = {"query": query, "created_at": timezone.now()}
    return SavedFilter.objects.update_or_create(person=actor, name=name, defaults=kept)[0]


@transaction.atomic
def forget_filter(*, actor: User, kept: SavedFilter) -> None:
    """Forgets one's own filter.

    Raises:
        SavedFilter.DoesNotExist: gone, or somebody else's.
    """
    SavedFilter.objects.visible_to(actor).get(pk=kept.pk).delete()
