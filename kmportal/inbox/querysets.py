"""Reading notices. What somebody may no longer see is left out of every list, count and mail, because each begins with visible_to."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kmportal.inbox import kinds

if TYPE_CHECKING:
    from kmportal.inbox.models import Notice  # noqa: F401 - a name for the annotations only


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any, among: Collection[str] | None = None) -> "NoticeQuerySet":
        """This person's own notices about what they may still see; `among` some kinds only, whose rules alone are then asked.

        Without `among` the kinds that they have are looked up: one short query, where the rules of all kinds take a quarter of a second.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if among is None:
            among = set(self.filter(recipient=user).order_by().values_list("kind", flat=True).distinct())
        rules: dict[kinds.Visible | None, list[str]] = defaultdict(list)
        for kind in kinds.concerning(user, among):
            rules[kind.visible].append(kind.code)
        allowed = Q(pk__in=[])
        for rule, codes in rules.items():
            ours = Q(kind__in=codes)
            allowed |= ours & Q(Exists(rule(user).filter(pk=OuterRef("thing_id")))) if rule else ours
        return self.filter(allowed, recipient=user)

    def listed(self) -> "NoticeQuerySet":
        """One row per line of the inbox: without those that only a mail was wanted of, and those that a newer one speaks for."""
        return self.filter(in_inbox=True, newer=None)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def with_others(self) -> "NoticeQuerySet":
        """`others`: how many older notices this one speaks for."""
        older = self.model._default_manager.filter(newer=OuterRef("pk")).order_by().values("newer")
        return self.annotate(others=Coalesce(Subquery(older.annotate(n=Count("pk")).values("n")), 0))

    def read_before(self, moment: datetime) -> "NoticeQuerySet":
        return self.filter(read_at__lt=moment)
