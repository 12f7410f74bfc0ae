"""Reading circles. Every reader starts with visible_to(user): members of the community, nobody else."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from communities.talk.querysets import inside

if TYPE_CHECKING:
    from communities.circles.models import Circle, Part, Round, Said, Template, Turn  # noqa: F401 - names for annotations


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, user: Any) -> "TemplateQuerySet":
        """Methods are no secret: everybody who is signed in."""
        return self.all() if user.is_authenticated else self.none()

    def offered(self) -> "TemplateQuerySet":
        return self.filter(retired_at=None, current__isnull=False).select_related("current")


class CircleQuerySet(models.QuerySet["Circle"]):
    def visible_to(self, user: Any) -> "CircleQuerySet":
        return self.filter(inside(user, "channel__"))

    def live(self) -> "CircleQuerySet":
        return self.filter(state__in=["running", "wrap_up"])

    def gathering(self) -> "CircleQuerySet":
        return self.filter(state="lobby")

    def over(self) -> "CircleQuerySet":
        return self.filter(state="closed")


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: Any) -> "RoundQuerySet":
        return self.filter(inside(user, "circle__channel__"))

    def running(self) -> "RoundQuerySet":
        return self.filter(started_at__isnull=False, ended_at=None)

    def ending_before(self, moment: datetime) -> "RoundQuerySet":
        return self.running().filter(ends_at__lte=moment)


class PartQuerySet(models.QuerySet["Part"]):
    def visible_to(self, user: Any) -> "PartQuerySet":
        return self.filter(inside(user, "circle__channel__"))

    def joined(self) -> "PartQuerySet":
        return self.filter(consented_at__isnull=False, left_at=None)


class SaidQuerySet(models.QuerySet["Said"]):
    def visible_to(self, user: Any) -> "SaidQuerySet":
        """What stands in the channel; of what is held back, the reader's own where an author is stored."""
        if not user.is_authenticated:
            return self.none()
        shown = models.Q(message__seq__isnull=False) | models.Q(message__author=user)
        return self.filter(inside(user, "circle__channel__")).filter(shown)

    def standing(self) -> "SaidQuerySet":
        """Shown, not deleted, not withdrawn: what a harvest may work with."""
        return self.filter(message__seq__isnull=False, message__deleted_at=None, withdrawn_at=None)


class TurnQuerySet(models.QuerySet["Turn"]):
    def waiting(self) -> "TurnQuerySet":
        return self.filter(called_at=None, done_at=None)

    def speaking(self) -> "TurnQuerySet":
        return self.filter(called_at__isnull=False, done_at=None)
