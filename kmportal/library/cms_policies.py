"""What the CMS lists and opens: Wagtail's rights of groups, within the circles that may read each page and document.

Registered in place of Wagtail's own policies (wagtail_hooks), so the explorer, searches, choosers, reports and the CMS's API ask them;
superusers are no exception, because a community's space is its members'.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from kmportal.library.models import KnowledgePage, LibraryDocument
from kmportal.library.permissions import can_change_document
from kmportal.library.visibility import readable_by, workable_by

KNOWLEDGE = "knowledgepage__"


def workable(user: Any) -> Q:
    """The condition for rows of Wagtail's page table: no knowledge page, or one this person may work on."""
    return Q(knowledgepage=None) | workable_by(user, KNOWLEDGE)


def choosable(user: Any) -> Q:
    """Pages that may be linked to: those one works on, and those one may read that have no hidden draft with another title."""
    published = readable_by(user, KNOWLEDGE) & Q(live=True, has_unpublished_changes=False)
    return workable(user) | (Q(knowledgepage__isnull=False) & published)


def _among(found: QuerySet[Any], allowed: QuerySet[Any]) -> QuerySet[Any]:
    """As a condition on the key alone: Wagtail's search can filter by that, not by columns of other tables."""
    return found.filter(pk__in=allowed.order_by().values("pk"))


class CirclePages(PagePermissionPolicy):
    """Wagtail's page policy, without the pages whose circle or draft this person does not stand in."""

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        return _among(super().explorable_instances(user), Page.objects.filter(workable(user)))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        return _among(super().instances_user_has_any_permission_for(user, actions), Page.objects.filter(workable(user)))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if not KnowledgePage.objects.filter(pk=instance.pk).exists():
            return True
        return KnowledgePage.objects.workable_by(user).filter(pk=instance.pk).exists()


class CircleDocuments(CollectionOwnershipPermissionPolicy):
    """Wagtail's document policy, without the documents this person may not read; changing follows library.permissions."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        return _among(super().instances_user_has_any_permission_for(user, actions), LibraryDocument.objects.visible_to(user))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if not LibraryDocument.objects.visible_to(user).filter(pk=instance.pk).exists():
            return False
        return "choose" in set(actions) or can_change_document(user, instance)
