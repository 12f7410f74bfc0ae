"""The search in the CMS: what was asked for, and words that mean the same."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from kmportal.people.cms_accounts import SaysWhy
from kmportal.people.wagtail_hooks import CURATE, RulePolicy
from kmportal.retrieval.models import SynonymGroup
from kmportal.search import cms_settling
from kmportal.search.actions import synonyms
from kmportal.search.cms_forms import SynonymForm
from kmportal.search.permissions import can_keep_synonyms, can_see_searches

register_permission_policy(SynonymGroup, RulePolicy(SynonymGroup, can_keep_synonyms, CURATE))


# --- Synonyms --------------------------------------------------------------------------------------------------------------------
class AddSynonyms(SaysWhy, CreateView):
    def save_instance(self) -> SynonymGroup:
        return synonyms.save_synonyms(actor=self.request.user, **self.form.verb())


class EditSynonyms(SaysWhy, EditView):
    def save_instance(self) -> SynonymGroup:
        # The form has written its values into its own copy.
        stored = SynonymGroup.objects.get(pk=self.object.pk)
        return synonyms.save_synonyms(actor=self.request.user, group=stored, **self.form.verb())


class RemoveSynonyms(DeleteView):
    """A refusal is said in the list."""

    request: Any
    object: Any

    def delete_action(self) -> None:
        synonyms.remove_synonyms(actor=self.request.user, group=self.object)

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.get_success_url())


class SynonymSnippets(SnippetViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = pgettext_lazy("menu", "Synonyms")
    menu_name = "km-synonyms"
    menu_order = 360
    add_to_admin_menu = True
    list_display = [
        "__str__",
        Column("note", label=_("note")),
        BooleanColumn("is_active", label=_("in use"), sort_key="is_active"),
    ]
    list_filter = ["is_active"]
    search_fields = ["words", "note"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = AddSynonyms, EditSynonyms, RemoveSynonyms
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("words", "note", "is_active", "confirmed", "seen")], base_form_class=SynonymForm
    )


register_snippet(SynonymSnippets)


@hooks.register("before_bulk_action")
def no_bulk_acts(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Wagtail's acts on many at once write past our verbs."""
    if not objects or not isinstance(objects[0], SynonymGroup):
        return None
    messages.error(request, _("Open the entries one by one."))
    return redirect("wagtailadmin_home")


# --- What was searched -----------------------------------------------------------------------------------------------------------
@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("reports/searches/", cms_settling.report, name="search_report"),
        path("reports/searches/results/", cms_settling.report_results, name="search_report_results"),
        path("reports/searches/settle/", cms_settling.settle, name="search_settle"),
    ]


class SearchesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_searches(request.user)


@hooks.register("register_reports_menu_item")
def searches_item() -> MenuItem:
    return SearchesItem(_("Searches"), reverse_lazy("search_report"), name="km-searches", icon_name="search", order=60)
