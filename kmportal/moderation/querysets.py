"""Reading cases and the book. What a case is about decides who meets it: each list and count asks the app of its kind."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kmportal.core import acts
from kmportal.moderation import kinds
from kmportal.people.roles import Role
from kmportal.retrieval import readers

if TYPE_CHECKING:
    from kmportal.moderation.models import Case, StaffAct  # noqa: F401 - names for the annotations only

LIVE = ("open", "appealed")


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def is_admin(user: Any) -> bool:
    return _is_active(user) and (user.has_role(Role.SITE_ADMIN) or user.is_superuser)


def _on(user: Any, handled: bool) -> Q:
    """The condition for cases about what this person handles, or may read."""
    found = Q(pk__in=[])
    for kind in kinds.every():
        for rows in kind.handled(user) if handled else kind.readable(user):
            there = Exists(rows.order_by().filter(pk=OuterRef("subject_id")).values("pk"))
            found |= Q(kind=kind.code, subject_type=ContentType.objects.get_for_model(rows.model)) & Q(there)
    return found


class CaseQuerySet(models.QuerySet["Case"]):
    def handled_by(self, user: Any) -> "CaseQuerySet":
        """Those that this person looks after; site administrators those that nobody else can decide, of what they may read.

        Not those about oneself: they say who reported it.
        """
        if not _is_active(user):
            return self.none()
        found = _on(user, handled=True)
        if is_admin(user):
            found |= Q(escalated=True) & _on(user, handled=False)
        return self.filter(found).exclude(pk__in=self._about(user))

    def concerning(self, user: Any) -> "CaseQuerySet":
        """Those that are about this person or that they reported, of what they may (still) read."""
        if not _is_active(user):
            return self.none()
        reported: Any = self.model._meta.get_field("reports").related_model
        theirs = Q(pk__in=self._about(user)) | Q(pk__in=reported._default_manager.filter(person=user).values("case"))
        return self.filter(theirs).filter(_on(user, handled=False))

    def about(self, user: Any) -> "CaseQuerySet":
        """Those whose decision concerns this person."""
        return self.concerning(user).filter(pk__in=self._about(user))

    def _about(self, user: Any) -> "models.QuerySet[Any]":
        through: Any = self.model._meta.get_field("about").remote_field.through
        return through._default_manager.filter(user=user).values("case")

    def visible_to(self, user: Any) -> "CaseQuerySet":
        """What this person meets as a moderator. For the page of those concerned: `concerning`."""
        return self.handled_by(user)

    def live(self) -> "CaseQuerySet":
        """Those that wait for a decision."""
        return self.filter(state__in=LIVE)

    def on(self, subject: models.Model) -> "CaseQuerySet":
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def waiting_longest(self) -> "CaseQuerySet":
        return self.order_by(F("moved_at").asc(), "pk")


class StaffActQuerySet(models.QuerySet["StaffAct"]):
    def visible_to(self, user: Any) -> "StaffActQuerySet":
        """Administrators all fields, moderators what concerns content; nobody what was done to things they may not read."""
        if not _is_active(user):
            return self.none()
        if is_admin(user):
            found = self
        elif user.has_role(Role.MODERATOR):
            found = self.filter(act__in=acts.within((acts.Field.CONTENT,)))
        else:
            return self.none()
        return found.filter(Q(circle="") | readers.of(user).condition("circle"))
