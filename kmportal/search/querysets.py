"""What was searched, for those who look after the network; and what one member reported."""

from datetime import datetime
from typing import Any, Self

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kmportal.people.roles import Role

UNANSWERED = Q(hits=0) | Q(near=True)


def looks_after_the_network(user: Any) -> bool:
    """Network coordinators and site administrators; a superuser counts as the latter."""
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_role(Role.NETWORK_COORDINATOR, Role.SITE_ADMIN)) or bool(user.is_superuser)


class SearchedQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self if looks_after_the_network(user) else self.none()

    def since(self, moment: datetime) -> Self:
        return self.filter(searched_at__gte=moment)

    def by_words(self, *, wanted: QuerySet[Any], settled: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
        """One row for each normalised query: never who asked it.

        Args:
            wanted: reports that something is missing; how many there are becomes `wanted`.
            settled: queries that were dealt with; when becomes `settled_at`.
        """
        reports = wanted.filter(key=OuterRef("key")).order_by().values("key").annotate(n=Count("pk")).values("n")
        return (
            self.order_by()
            .values("key")
            .annotate(
                words=Max("query"),
                times=Count("pk"),
                unanswered=Count("pk", filter=UNANSWERED),
                last=Max("searched_at"),
                last_unanswered=Max("searched_at", filter=UNANSWERED),
                wanted=Coalesce(Subquery(reports), 0),
                settled_at=Subquery(settled.filter(key=OuterRef("key")).values("settled_at")[:1]),
            )
        )


def waiting(rows: QuerySet[Any, dict[str, Any]]) -> QuerySet[Any, dict[str, Any]]:
    """Of `by_words`: what found nothing or was reported missing, and was not dealt with since."""
    open_again = Q(settled_at=None) | Q(last_unanswered__gt=F("settled_at"))
    return rows.filter(Q(unanswered__gt=0) | Q(wanted__gt=0)).filter(open_again)


class SettledQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self if looks_after_the_network(user) else self.none()


class WantedQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """All for those who look after the network, their own for everybody else."""
        if looks_after_the_network(user):
            return self
        return self.filter(user=user) if user.is_authenticated else self.none()

    def reported_by(self, user: Any, key: str) -> bool:
        """Whether this member reported these words, within the days in which that is remembered."""
        return bool(user.is_authenticated) and self.filter(user=user, key=key).exists()
