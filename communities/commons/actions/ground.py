"""What all verbs of shared things stand on: the row they change, taken for themselves; text made safe; who is told."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.permissions import manages
from communities.models import Community
from kmportal.core import clean
from kmportal.people.models import User

T = TypeVar("T", bound=Model)


class CommonsError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class NoTitle(CommonsError):
    words = _("Give it a title.")


class TooLong(CommonsError):
    words = _("This is too long. Shorten it, or put part of it into a document.")


class ChangedMeanwhile(CommonsError):
    words = _("Somebody changed this after you opened it. Read the new version, then change it again.")


def take(*, actor: Any, thing: T, deleted: bool = False) -> T:
    """The row as it is now, locked, if the actor may read it; with `deleted` also when it was taken away.

    Raises:
        DoesNotExist: gone, or not the actor's to read; which of the two is nobody's to know.
    """
    model: Any = type(thing)
    rows = model.objects.of_members(actor) if deleted else model.objects.visible_to(actor)
    found: T = rows.select_for_update(no_key=True, of=("self",)).select_related("community").get(pk=thing.pk)
    return found


def require_manager(*, actor: Any, community: Community) -> None:
    if not manages(actor, community):
        raise PermissionDenied


def titled(text: str) -> str:
    """A title as one line without signs that databases refuse.

    Raises:
        NoTitle, TooLong
    """
    words = " ".join(text.replace("\x00", "").split())
    if not words:
        raise NoTitle
    if len(words) > 200:
        raise TooLong
    return words


def safe(html: str) -> str:
    """A text of a person as safe HTML; "" for nothing.

    Raises:
        TooLong
    """
    try:
        body = clean.html(html.strip())
    except clean.TooMuchHtml as error:
        raise TooLong from error
    return str(body) if clean.says_something(body) else ""


def members(community: Community) -> list[User]:
    """Everybody in it whose account is on."""
    return list(User.objects.filter(is_active=True, memberships__community=community).order_by("pk"))


def today() -> date:
    return timezone.localdate()
