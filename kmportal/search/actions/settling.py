"""Coordinators deal with what was searched in vain."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kmportal.people.models import User
from kmportal.search.actions.log import key_of
from kmportal.search.actions.synonyms import save_synonyms
from kmportal.search.models import LONGEST, SettledQuery
from kmportal.search.permissions import can_see_searches


class MayNotSettle(PermissionDenied):
    """Only those who look after the network deal with searches."""


@transaction.atomic
def settle(*, actor: User | AnonymousUser, query: str, url: str, same_as: list[str], now: datetime) -> SettledQuery:
    """Marks a query as dealt with; it comes back to the list when somebody asks it in vain afterwards.

    Args:
        url: the page that answers it now, a path or whole address of this site; may be empty.
        same_as: words that mean the same as the query; they become a group of synonyms.

    Raises:
        MayNotSettle: not for this person.
        ValidationError: the address is of another site, or the synonyms are refused (synonyms.save_synonyms).
    """
    if not isinstance(actor, User) or not can_see_searches(actor):
        raise MayNotSettle
    key = key_of(query)
    if not key:
        raise ValidationError(_("There are no words to deal with."))
    if same_as:
        save_synonyms(actor=actor, words=[query, *same_as], note="", is_active=True, confirmed=True)
    found, _made = SettledQuery.objects.update_or_create(
        key=key, defaults={"query": query[:LONGEST], "url": _own_path(url), "settled_at": now, "settled_by": actor}
    )
    return found


@transaction.atomic
def reopen(*, actor: User | AnonymousUser, query: str) -> None:
    """Takes the mark away.

    Raises:
        MayNotSettle: not for this person.
    """
    if not isinstance(actor, User) or not can_see_searches(actor):
        raise MayNotSettle
    SettledQuery.objects.filter(key=key_of(query)).delete()


def _own_path(url: str) -> str:
    """The path of an address of this site."""
    parts = urlsplit(url.strip())
    host = urlsplit(settings.BASE_URL).netloc
    if not url.strip():
        return ""
    if parts.netloc not in {"", host} or parts.scheme not in {"", "http", "https"} or not parts.path.startswith("/"):
        raise ValidationError(_("Give the address of a page on this site, such as /library/."))
    return parts._replace(scheme="", netloc="").geturl()[:500]
