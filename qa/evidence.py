"""Accepted answers as evidence of what somebody knows: under a name, and of what the viewer may read. Registered by QaConfig.ready."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from kmportal.people import evidence
from kmportal.people.evidence import About, Evidence
from kmportal.people.models import Person
from qa.models import Answer


def people(viewer: Any, about: About) -> "QuerySet[Any, Any]":
    authors = Answer.objects.filter(pk__in=_accepted(viewer, about).order_by().values("pk")).order_by().values("author")
    return Person.objects.filter(user__in=authors).order_by().values("pk")


def count_for(keys: Collection[int], viewer: Any, about: About) -> dict[int, list[Evidence]]:
    """How many answers of each were accepted."""
    named: Any = Answer.objects.filter(pk__in=_accepted(viewer, about).order_by().values("pk"), author__person__in=keys)
    rows = named.order_by().values("author__person", "author__person__handle").annotate(number=Count("pk"))
    return {
        row["author__person"]: [
            Evidence(
                ngettext("%(n)d accepted answer", "%(n)d accepted answers", row["number"]) % {"n": row["number"]},
                row["number"],
                f"{reverse('people:person', args=[row['author__person__handle']])}#answered-h",
            )
        ]
        for row in rows
    }


def _accepted(viewer: Any, about: About) -> Any:
    """Named accepted answers that this person may read; in subqueries, so that shared topics and codes double nothing."""
    found = Answer.objects.visible_to(viewer).filter(anonymous=False, accepted_for__isnull=False)
    found = found.filter(about.titled("question__title"))
    if about.topic is not None:
        found = found.filter(question__topics=about.topic)
    if about.category:
        found = found.filter(question__categories__number=about.category)
    return found


def register() -> None:
    evidence.register(evidence.Source("answers", people=people, count_for=count_for))
