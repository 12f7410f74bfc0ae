"""Reading what people declare, offer and hand over. Every reader starts with visible_to(user)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from communities.experts.models import Absence, Consultation, Duty, Load, Offer, Outcome  # noqa: F401 - names for annotations


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def _in_circle(user: Any, owner: str) -> Q:
    """The whole network, or the department of the owner, as long as they are still in the agency they spoke for."""
    theirs = Q(circle="agency", house__in=user.agency_ids, agency=F(f"{owner}__agency"))
    return theirs if user.is_guest else Q(circle="network") | theirs


class DeclaredQuerySet(models.QuerySet[Any]):
    """What people say of themselves: as visible as their page, whoever put it there."""

    def visible_to(self, user: Any) -> "DeclaredQuerySet":
        people: Any = self.model._meta.get_field("owner").related_model
        person: Any = people._meta.get_field("person").related_model
        return self.filter(owner__in=person.objects.visible_to(user).exclude(user=None).order_by().values("user"))


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: Any) -> "OfferQuerySet":
        """The doctor's own, and those that they are asked to agree to."""
        if not _is_active(user):
            return self.none()
        return self.filter(Q(doctor=user) | Q(superior=user))

    def standing(self, today: date) -> "OfferQuerySet":
        """Agreed for these terms, not past their end, in the agency that agreed."""
        return self.filter(state="agreed", agreed_until__gte=today, agency=F("doctor__agency"), doctor__is_active=True)

    def open_to(self, user: Any, today: date) -> "OfferQuerySet":
        """Those that this person may ask for a consultation now."""
        if not _is_active(user):
            return self.none()
        return self.standing(today).filter(_in_circle(user, "doctor"), paused_at=None).exclude(doctor=user.pk)


class LoadQuerySet(models.QuerySet["Load"]):
    def with_room(self, limit: int, hours: int) -> "LoadQuerySet":
        return self.filter(taken__lte=limit - hours)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: Any) -> "ConsultationQuerySet":
        """Both sides, and nobody else, whatever their role."""
        if not _is_active(user):
            return self.none()
        return self.filter(Q(doctor=user) | Q(asker=user))

    def open(self) -> "ConsultationQuerySet":
        return self.filter(state__in=["asked", "proposed", "accepted"])

    def listed(self) -> "ConsultationQuerySet":
        """Open ones first, the nearest day at the top; then the newest of the others."""
        over = models.Case(
            models.When(state__in=["asked", "proposed", "accepted"], then=models.Value(0)), default=models.Value(1),
            output_field=models.IntegerField(),
        )  # fmt: skip
        return self.annotate(is_over=over).order_by("is_over", models.Case(models.When(is_over=0, then=F("day"))), "-pk")


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: Any) -> "OutcomeQuerySet":
        if not _is_active(user):
            return self.none()
        return self.filter(Q(consultation__doctor=user) | Q(consultation__asker=user))


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: Any) -> "DutyQuerySet":
        """The owner's own, and for a deputy those they are asked for or stand in for."""
        if not _is_active(user):
            return self.none()
        return self.filter(Q(owner=user) | Q(deputy=user, stands__in=["asked", "yes"]))

    def covered_in(self, absence: "Absence") -> "DutyQuerySet":
        """Those that somebody stands in for while their owner is away, for whoever may see the absence: their names alone."""
        return self.filter(owner=absence.owner_id, stands="yes", deputy__is_active=True)

    def without_deputy(self) -> "DutyQuerySet":
        return self.exclude(stands="yes", deputy__is_active=True)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: Any) -> "AbsenceQuerySet":
        """One's own, and those of the circle that their owner chose."""
        if not _is_active(user):
            return self.none()
        return self.filter(Q(owner=user) | _in_circle(user, "owner"))

    def on(self, day: date) -> "AbsenceQuerySet":
        return self.filter(starts__lte=day, ends__gte=day)
