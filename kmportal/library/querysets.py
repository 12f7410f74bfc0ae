"""Reading the library. Every reader starts with visible_to(user)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from wagtail.documents.models import DocumentQuerySet
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from kmportal.library.visibility import readable_by, workable_by
from kmportal.people.models import Agency
from kmportal.people.roles import Role

if TYPE_CHECKING:
    from kmportal.library.models import ImportJob, Item, Talk  # noqa: F401 - names for the annotations only

LONGEST_READING = timedelta(minutes=3)


class KnowledgeQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> "KnowledgeQuerySet":
        """Published pages that this person may read."""
        return self.filter(readable_by(user), live=True)

    def current(self) -> "KnowledgeQuerySet":
        """Without what was archived: archived pages keep their address but leave the lists."""
        return self.filter(archived_at=None)

    def workable_by(self, user: Any) -> "KnowledgeQuerySet":
        """Pages of any state that this person may work on in the CMS."""
        return self.filter(workable_by(user))

    def kept_by(self, user: Any) -> "KnowledgeQuerySet":
        """Published pages whose content this person answers for: own ones, an agency coordinator's agency's, all for the network's.

        Site administrators run the portal; whether content is correct is not theirs to say.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        pages = self.visible_to(user)
        if user.has_role(Role.NETWORK_COORDINATOR):
            return pages
        theirs = Q(owner=user)
        if user.has_role(Role.AGENCY_COORDINATOR) and user.agency_id:
            theirs |= Q(agency__in=Agency.objects.within(user.agency))
        return pages.filter(theirs)

    def due_by(self, day: date) -> "KnowledgeQuerySet":
        """Published knowledge whose review is due on that day or was before."""
        return self.current().filter(live=True, review_due__lte=day)


class DocumentsQuerySet(DocumentQuerySet):
    def visible_to(self, user: Any) -> "DocumentsQuerySet":
        return self.filter(readable_by(user))


class _OnPage(models.QuerySet[Any]):
    """Rows projected from a published seminar: they are as visible as their page, and gone while it is not live."""

    def visible_to(self, user: Any) -> Any:
        return self.filter(readable_by(user, "page__"), page__live=True, page__archived_at=None, retired=False)


class TalkQuerySet(_OnPage):
    pass


class ItemQuerySet(_OnPage):
    def of_kind(self, kind: str) -> "ItemQuerySet":
        return self.filter(kind=kind)

    def in_category(self, number: str) -> "ItemQuerySet":
        """The category of any edition: 'all obstacles in category 6' means 6 of every edition."""
        return self.filter(categories__number=number).distinct()


class ImportQuerySet(models.QuerySet["ImportJob"]):
    def visible_to(self, user: Any) -> "ImportQuerySet":
        """Network coordinators see every import, agency coordinators their own, others none; nobody one whose page is closed to them."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        pages: Any = self.model._meta.get_field("page").related_model
        found = self.filter(Q(page=None) | Q(page__in=pages.objects.workable_by(user).order_by().values("pk")))
        if user.has_role(Role.NETWORK_COORDINATOR):
            return found
        return found.filter(owner=user) if user.has_role(Role.AGENCY_COORDINATOR) else self.none()

    def left_lying(self, now: datetime) -> "ImportQuerySet":
        """Imports whose reader has not been heard of for longer than any reading takes."""
        return self.filter(state__in=("waiting", "reading"), updated_at__lt=now - LONGEST_READING)

    def claimable(self, now: datetime) -> "ImportQuerySet":
        """Imports that a reader may take: waiting ones, and those another reader left lying."""
        return self.filter(Q(state="waiting") | Q(state="reading", updated_at__lt=now - LONGEST_READING))


KnowledgeManager = PageManager.from_queryset(KnowledgeQuerySet)
