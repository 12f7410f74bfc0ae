"""The dashboard of the CMS: the same panels as Wagtail's, without the pages of closed circles; counts of what one may work on."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.models import Page

from kmportal.library.cms_policies import workable
from kmportal.library.models import KnowledgePage, LibraryDocument


def _workable_ids(user: Any, pks: list[int]) -> set[int]:
    return set(Page.objects.filter(workable(user), pk__in=pks).values_list("pk", flat=True))


class RecentEdits(RecentEditsPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        kept = _workable_ids(context["request"].user, [page.pk for _moment, page in context["last_edits"]])
        context["last_edits"] = [entry for entry in context["last_edits"] if entry[1].pk in kept]
        return context


class LockedPages(LockedPagesPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        kept = _workable_ids(context["request"].user, [page.pk for page in context["locked_pages"]])
        context["locked_pages"] = [page for page in context["locked_pages"] if page.pk in kept]
        return context


class OwnInReview(UserObjectsInWorkflowModerationPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        kept = _workable_ids(context["request"].user, [state.content_object.pk for state in context["workflow_states"]])
        context["workflow_states"] = [state for state in context["workflow_states"] if state.content_object.pk in kept]
        return context


REPLACED: dict[str, type[Component]] = {
    RecentEditsPanel.name: RecentEdits,
    LockedPagesPanel.name: LockedPages,
    UserObjectsInWorkflowModerationPanel.name: OwnInReview,
}


class WorkSummary(SummaryItem):
    """How much there is to work on, counted within one's circles."""

    template_name = "library/cms/summary.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = self.request.user
        pages = KnowledgePage.objects.workable_by(user)
        return {
            "published": pages.filter(live=True).count(),
            "drafts": pages.filter(live=False).count(),
            "documents": LibraryDocument.objects.visible_to(user).count(),
        }


def replace_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [REPLACED.get(str(getattr(panel, "name", "")), type(panel))() if _is_ours(panel) else panel for panel in panels]


def _is_ours(panel: Component) -> bool:
    return str(getattr(panel, "name", "")) in REPLACED
