"""The CMS for coordinators: what it lists, its menu, its dashboard, its reports; what it writes in a page's history."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import DateField, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import AvatarSettingsPanel, NotificationsSettingsPanel
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from kmportal.library import cms_redirects, cms_reports, cms_spreadsheets, naming
from kmportal.library.cms_api import CmsDocumentsAPI
from kmportal.library.cms_choosers import ItemChooser
from kmportal.library.cms_dates import EraDateField, EraDateInput
from kmportal.library.cms_home import WorkSummary, replace_panels
from kmportal.library.cms_policies import CircleDocuments, CirclePages, choosable
from kmportal.library.cms_reports import DueReport
from kmportal.library.forms.cms import CommentNoticesForm, KnowledgeForm
from kmportal.library.links import DocumentLink, PageLink, guard_editor
from kmportal.library.models import KnowledgePage, LibraryDocument
from kmportal.library.models.workflow import APPROVE
from kmportal.library.permissions import can_file_documents, can_import, can_make_lesson
from kmportal.library.waiting import returned

# --- What is listed and opened ---------------------------------------------------------------------------------------------------
register_permission_policy(Page, CirclePages())
register_permission_policy(
    LibraryDocument,
    CircleDocuments("library.LibraryDocument", auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"),
    exact_class=True,  # wagtail.documents registers its own for the same model later
)
register_form_field_override(DateField, override={"form_class": EraDateField, "widget": EraDateInput}, exact_class=True)
KnowledgePage.base_form_class = KnowledgeForm
# A person's picture is kept with their page on the site; what Wagtail would store here is shown nowhere.
AvatarSettingsPanel.is_active = lambda self: False
NotificationsSettingsPanel.form_class = CommentNoticesForm
cms_redirects.install()
cms_reports.install()
cms_spreadsheets.install()


@hooks.register("construct_page_chooser_queryset")
def choose_among_readable(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return pages.filter(pk__in=Page.objects.filter(choosable(request.user)).values("pk"))


@hooks.register("before_serve_document", order=-100)
def serve_to_readers(document: LibraryDocument, request: HttpRequest) -> None:
    """A document of a closed circle is not found, whoever knows its address. The page asks before any other answer is given."""
    if not LibraryDocument.objects.visible_to(request.user).filter(pk=document.pk).exists():
        raise Http404


@hooks.register("after_edit_setting")
def forget_old_name(request: HttpRequest, instance: object) -> None:
    naming.forget()


@hooks.register("construct_admin_api", order=100)
def documents_of_the_cms(router: Any) -> None:
    router.register_endpoint("documents", CmsDocumentsAPI)


@hooks.register("register_rich_text_features", order=100)
def careful_links(features: Any) -> None:
    """A link in a text must not give away the name of a page or file that its reader may not see."""
    features.register_link_type(DocumentLink)
    features.register_link_type(PageLink)
    guard_editor(features.converter_rules_by_converter["contentstate"])


@hooks.register("register_admin_viewset")
def item_chooser() -> ItemChooser:
    return ItemChooser("library_item_chooser", url_prefix="items/choose")


# --- The editor in a review ------------------------------------------------------------------------------------------------------
@hooks.register("before_edit_page")
def judge_once(request: HttpRequest, page: Page) -> JsonResponse | None:
    """The editor saves by itself when its form changes, also by the hidden fields that carry a reviewer's answer.

    Such a save would come beside the answer: it would judge twice, or leave a draft of the reviewer's behind what was just published.
    """
    if "action-workflow-action" not in request.POST:
        return None
    if request.accepts("text/html"):
        _require_comment_alone(request.POST.get("workflow-action-extra-data", "{}"))
        return None
    words = str(_("The answer of the review is on its way."))
    return JsonResponse({"success": False, "error_code": "judged", "error_message": words}, status=400)


def _require_comment_alone(sent: str) -> None:
    """Wagtail hands the parts of this field on as arguments of the task, whatever they are called."""
    try:
        parts = json.loads(sent)
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict) or not set(parts) <= {"comment"} or not isinstance(parts.get("comment", ""), str):
        raise BadRequest


@hooks.register("before_edit_page")
def show_what_should_change(request: HttpRequest, page: Page) -> None:
    """A reviewer's comment stands above the draft that came back, not only in a folded panel beside it."""
    answer = returned(page) if request.method == "GET" else None
    if answer is not None and answer.comment:
        words = _("Sent back by %(name)s: %(comment)s") % {"name": answer.finished_by, "comment": answer.comment}
        messages.warning(request, words)


@hooks.register("after_edit_page")
def say_that_it_is_published(request: HttpRequest, page: Page) -> None:
    if request.POST.get("workflow-action-name") == APPROVE and "action-workflow-action" in request.POST:
        published = KnowledgePage.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).exists()
        if published:
            messages.success(request, _("Approved and published."))


# --- The menu --------------------------------------------------------------------------------------------------------------------
HIDDEN_MENU = {"images", "help", "community"}


class OurItem(MenuItem):
    """An entry that leads to a screen of ours, for those who may use it."""

    def __init__(self, label: Any, url_name: str, allowed: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(label, reverse_lazy(url_name), **kwargs)
        self.url_name, self.allowed = url_name, allowed

    def is_shown(self, request: HttpRequest) -> bool:
        try:
            reverse(self.url_name)
        except NoReverseMatch:
            return False
        return self.allowed(request.user)


@hooks.register("register_admin_menu_item")
def imports_item() -> MenuItem:
    return OurItem(_("Import a summary"), "imports:list", can_import, name="km-imports", icon_name="upload", order=20)


@hooks.register("register_admin_menu_item")
def reviews_item() -> MenuItem:
    return OurItem(_("Reviews"), "library:reviews", can_make_lesson, name="km-reviews", icon_name="clipboard-list", order=30)


@hooks.register("register_admin_menu_item")
def cabinet_item() -> MenuItem:
    label = _("Document cabinet")
    return OurItem(label, "library:cabinet", can_file_documents, name="km-cabinet", icon_name="folder-open-1", order=40)


@hooks.register("register_admin_menu_item")
def site_item() -> MenuItem:
    return MenuItem(_("To the site"), "/#main", name="km-site", icon_name="site", order=9000)


@hooks.register("construct_main_menu")
def trim_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Pictures are not kept in the CMS here, and Wagtail's help speaks of other sites."""
    items[:] = [item for item in items if item.name not in HIDDEN_MENU]


# --- Reports ---------------------------------------------------------------------------------------------------------------------
@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("reports/due/", DueReport.as_view(), name="library_due_report"),
        path("reports/due/results/", DueReport.as_view(results_only=True), name="library_due_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def due_report_item() -> MenuItem:
    return MenuItem(_("Due for review"), reverse_lazy("library_due_report"), name="km-due", icon_name="calendar-check", order=50)


@hooks.register("construct_reports_menu")
def trim_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports that count or name everything regardless of circles are closed (cms_guard), so they are not offered."""
    items[:] = [item for item in items if item.name not in {"site-history", "page-types-usage", "aging-pages"}]


# --- The dashboard ---------------------------------------------------------------------------------------------------------------
@hooks.register("construct_homepage_summary_items", order=1000)
def summary(request: HttpRequest, items: list[Component]) -> None:
    items[:] = [WorkSummary(request)]


@hooks.register("construct_homepage_panels", order=1000)
def panels(request: HttpRequest, found: list[Component]) -> None:
    replace_panels(request, found)


# --- History and looks -----------------------------------------------------------------------------------------------------------
@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "library.confirm", pgettext_lazy("history", "Confirm"), pgettext_lazy("history", "Confirmed as still correct")
    )
    actions.register_action("library.archive", pgettext_lazy("history", "Archive"), pgettext_lazy("history", "Archived"))
    actions.register_action("library.restore", pgettext_lazy("history", "Restore"), pgettext_lazy("history", "Restored"))


@hooks.register("insert_global_admin_css")
def looks() -> SafeString:
    sheets = ((static(f"css/{name}.css"),) for name in ("tokens", "cms"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
