"""Lessons and best practices can be thanked for. Registered in LibraryConfig.ready."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from kmportal.library.models import Credit, KnowledgePage
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from rewards.thankable import Thankable
from rewards.thankable import register as register_kind


def _visible(user: Any) -> "QuerySet[Any]":
    return KnowledgePage.objects.visible_to(user)


def _thanked(page: Any) -> list[User]:
    """The credited people who have accounts."""
    credits = Credit.objects.filter(page=page.pk, person__user__is_active=True)
    return list(User.objects.filter(pk__in=credits.values("person__user")).order_by("pk"))


def _not_by(pages: Sequence[Any], reader: Any) -> set[int]:
    """Those that credit the reader, and those that credit nobody with an account. One query."""
    credited = Credit.objects.filter(page__in=[page.pk for page in pages], person__user__is_active=True)
    found: dict[int, set[int]] = {page.pk: set() for page in pages}
    for page, user in credited.values_list("page", "person__user"):
        found[page].add(user)
    return {page for page, users in found.items() if not users or reader.pk in users}


def pages_for_all() -> "QuerySet[Any]":
    """Published pages that every member may read."""
    return KnowledgePage.objects.filter(live=True, visibility__in=(Visibility.PUBLIC, Visibility.NETWORK))


def _titles(page: Any) -> tuple[str, str]:
    return page.title, page.title_en


def register() -> None:
    place = lambda page: str(page.get_url() or "")  # noqa: E731 - one expression
    register_kind(Thankable("page", KnowledgePage, _visible, _thanked, pages_for_all, _not_by, _titles, place))
