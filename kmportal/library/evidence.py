"""Published lessons and practices as evidence of what their tellers know. Registered by LibraryConfig.ready."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from kmportal.library.models import BestPracticePage, Credit, KnowledgePage, LessonPage
from kmportal.people import evidence
from kmportal.people.evidence import About, Evidence


def people(viewer: Any, about: About) -> "QuerySet[Any, Any]":
    return _told(viewer, about).order_by().values("person")


def count_for(keys: Collection[int], viewer: Any, about: About) -> dict[int, list[Evidence]]:
    """How many lessons and practices each has told."""
    rows: Any = _told(viewer, about).filter(person__in=keys).order_by().values("person", "person__handle")
    return {
        row["person"]: [
            Evidence(
                ngettext("%(n)d lesson told", "%(n)d lessons told", row["number"]) % {"n": row["number"]},
                row["number"],
                f"{reverse('library:list')}?person={row['person__handle']}",
            )
        ]
        for row in rows.annotate(number=Count("page", distinct=True))
    }


def _told(viewer: Any, about: About) -> "QuerySet[Credit]":
    """Credits of tellers on what this person may read."""
    pages = KnowledgePage.objects.visible_to(viewer).current().type(LessonPage, BestPracticePage).filter(about.titled("title"))
    if about.topic is not None:
        pages = pages.filter(topics=about.topic)
    if about.category:
        pages = pages.filter(categories__number=about.category)
    return Credit.objects.filter(part=Credit.Part.TELLER, page__in=pages.order_by().values("pk"))


def register() -> None:
    evidence.register(evidence.Source("lessons", people=people, count_for=count_for))
