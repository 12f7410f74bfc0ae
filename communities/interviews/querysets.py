"""Reading interviews. Every reader starts with visible_to(user): approved ones are the members'; others are for whoever works on them."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from communities.interviews.models import Interview, Note, Question, Recording  # noqa: F401 - names for annotations


def _readable(user: Any, prefix: str = "") -> Q:
    if not (user.is_authenticated and user.is_active):
        return Q(pk__in=[])
    # Subqueries, not joins on memberships: a join would repeat rows and spoil counts.
    approved = Q(**{f"{prefix}community__in": user.memberships.values("community"), f"{prefix}state": "approved"})
    return approved | _workable(user, prefix)


def _workable(user: Any, prefix: str = "") -> Q:
    """Whoever asks, as long as they are in the space, and its note-takers."""
    mine = Q(**{f"{prefix}asker": user, f"{prefix}community__in": user.memberships.values("community")})
    written = user.memberships.filter(role="note_taker").values("community")
    return mine | Q(**{f"{prefix}community__in": written})


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, user: Any) -> "InterviewQuerySet":
        return self.filter(_readable(user))

    def workable_by(self, user: Any) -> "InterviewQuerySet":
        """The same rule as permissions.can_work, for lists."""
        return self.filter(_workable(user)) if user.is_authenticated and user.is_active else self.none()

    def of_expert(self, user: Any) -> "InterviewQuerySet":
        """Those that this person is asked in. A draft is not told to them yet."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(expert=user).exclude(state="draft")

    def told_to(self, user: Any) -> "InterviewQuerySet":
        """For notices: as a member of the space, or as the expert."""
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | Q(pk__in=self.of_expert(user).values("pk")))

    def approved(self) -> "InterviewQuerySet":
        return self.filter(state="approved")

    def counted(self) -> "InterviewQuerySet":
        """With how many questions there are and how many are answered: `asked`, `answered`."""
        return self.annotate(asked=Count("questions"), answered=Count("questions", filter=~Q(questions__answer="")))


class OfInterview(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Any:
        return self.filter(_readable(user, "interview__"))


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: Any) -> "NoteQuerySet":
        return self.filter(_readable(user, "recording__interview__"))
