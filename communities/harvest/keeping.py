"""Whose name stays with a community: people without an account who told something that is not published farther yet."""

from typing import Any

from django.db.models import Q

from communities.harvest.models import Statement
from kmportal.library.models import Credit
from kmportal.library.visibility import Visibility
from kmportal.people import kept


def kept_from(user: Any) -> Q:
    """The condition for people of people.Person who were told of in a community that the user is no member of."""
    told = Statement.objects.exclude(person=None).exclude(draft__channel__community__in=user.memberships.values("community"))
    out = Credit.objects.filter(page__live=True).exclude(page__visibility=Visibility.COMMUNITY)
    return Q(user=None, is_listed=False, pk__in=told.values("person")) & ~Q(pk__in=out.values("person"))


def register() -> None:
    """Declares the rule."""
    kept.register(kept_from)
