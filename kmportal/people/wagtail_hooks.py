"""Agencies, people, mail domains and accounts in the CMS. The screens are Wagtail's; every change goes through people.actions."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetChosenView
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, HistoryView, SnippetViewSet, SnippetViewSetGroup

from kmportal.people import actions, cms_merging, kept, permissions
from kmportal.people.cms_accounts import SaysWhy
from kmportal.people.cms_forms import PERSON_FIELDS, AgencyForm, DomainForm, PersonForm
from kmportal.people.models import Agency, EmailDomain, Person, User


# --- Rights ----------------------------------------------------------------------------------------------------------------------
class RulePolicy(BasePermissionPolicy):
    """A rule of people.permissions in the words Wagtail asks for; acts that are not named are nobody's."""

    def __init__(self, model: type, rule: Callable[[Any], bool], acts: frozenset[str]) -> None:
        super().__init__(model)
        self.rule, self.acts = rule, acts

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.acts and self.rule(user)

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet[Any]:
        everything: QuerySet[Any] = self.model._default_manager.all()
        return everything if self.user_has_any_permission(user, actions) else everything.none()

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        return User.objects.none()


class PersonPolicy(RulePolicy):
    """Whoever has an account keeps their own page, so others do not change it here."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and (action == "view" or permissions.can_edit_person(user, instance))


CURATE = frozenset({"add", "change", "delete", "view"})
register_permission_policy(Agency, RulePolicy(Agency, permissions.can_curate_agencies, CURATE))
register_permission_policy(EmailDomain, RulePolicy(EmailDomain, permissions.can_curate_agencies, CURATE))
register_permission_policy(Person, PersonPolicy(Person, permissions.can_curate_people, CURATE))
register_permission_policy(User, RulePolicy(User, permissions.can_administer_accounts, CURATE - {"delete"}))
# Groups are roles, and what a role may do is code: nobody edits them on a screen.
register_permission_policy(Group, RulePolicy(Group, lambda user: False, frozenset()))


@hooks.register("before_bulk_action")
def no_bulk_acts(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Wagtail's acts on many at once (delete, give a group) write past our verbs, so they end here for our models."""
    if not objects or not isinstance(objects[0], Agency | EmailDomain | Person | User):
        return None
    messages.error(request, _("Open the entries one by one."))
    return redirect("wagtailadmin_home")


# --- Screens ---------------------------------------------------------------------------------------------------------------------
class AddAgency(SaysWhy, CreateView):
    def save_instance(self) -> Agency:
        return actions.save_agency(actor=self.request.user, details=self.form.details())


class EditAgency(SaysWhy, EditView):
    def save_instance(self) -> Agency:
        stored = Agency.objects.get(pk=self.object.pk)
        return actions.save_agency(actor=self.request.user, agency=stored, details=self.form.details())


class AddPerson(SaysWhy, CreateView):
    def save_instance(self) -> Person:
        return actions.save_person(actor=self.request.user, details=self.form.details(), agency=self.form.cleaned_data["agency"])


class KnownOnly:
    """Wagtail's views find any object by its number; these find whom the coordinator may know of, or nobody."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # the view that this is mixed into
        if isinstance(found, Person) and not kept.not_from(self.request.user, Person.objects.filter(pk=found.pk)).exists():
            raise Http404
        return found


class PersonHistory(KnownOnly, HistoryView):
    pass


class EditPerson(KnownOnly, SaysWhy, EditView):
    def save_instance(self) -> Person:
        stored = Person.objects.get(pk=self.object.pk)
        agency = self.form.cleaned_data["agency"]
        return actions.save_person(actor=self.request.user, person=stored, details=self.form.details(), agency=agency)


class AddDomain(SaysWhy, CreateView):
    def save_instance(self) -> EmailDomain:
        return actions.save_domain(actor=self.request.user, **self.form.cleaned_data)


class EditDomain(SaysWhy, EditView):
    def save_instance(self) -> EmailDomain:
        stored = EmailDomain.objects.get(pk=self.object.pk)
        return actions.save_domain(actor=self.request.user, entry=stored, **self.form.cleaned_data)


class RemoveByVerb(KnownOnly, DeleteView):
    """A refusal is said in the list."""

    request: Any
    object: Any

    def delete_action(self) -> None:
        if isinstance(self.object, Agency):
            actions.remove_agency(actor=self.request.user, agency=self.object)
        elif isinstance(self.object, Person):
            actions.remove_person(actor=self.request.user, person=self.object)
        else:
            actions.remove_domain(actor=self.request.user, entry=self.object)

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.get_success_url())


# --- Choosing a person for a talk ------------------------------------------------------------------------------------------------
class VisiblePeople:
    """An editor chooses among the people they may see."""

    request: Any

    def get_object_list(self) -> QuerySet[Person]:
        return Person.objects.visible_to(self.request.user).select_related("agency")

    def get_object(self, pk: str) -> Person:
        return Person.objects.visible_to(self.request.user).get(pk=pk)


class ChoosePerson(VisiblePeople, ChooseView):
    pass


class ChoosePersonResults(VisiblePeople, ChooseResultsView):
    pass


class ChosenPerson(VisiblePeople, SnippetChosenView):
    pass


class PersonChooser(SnippetChooserViewSet):
    choose_view_class, choose_results_view_class, chosen_view_class = ChoosePerson, ChoosePersonResults, ChosenPerson


class AgencySnippets(SnippetViewSet):
    model = Agency
    icon = "home"
    list_display = ["name", "abbreviation", Column("get_kind_display", label=_("level")), "parent"]
    list_filter = ["kind"]
    search_fields = ["name", "name_en", "abbreviation", "key", "aliases__name", "aliases__key"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = AddAgency, EditAgency, RemoveByVerb
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "name_en", "abbreviation", "kind", "parent", "other_names", "slug")],
        base_form_class=AgencyForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agency]:
        # Once each, although several of its other names may match.
        return Agency.objects.select_related("parent").distinct()


class PersonSnippets(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["__str__", "position", "agency"]
    search_fields = ["given_name", "family_name", "position", "key"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = AddPerson, EditPerson, RemoveByVerb
    history_view_class, chooser_viewset_class = PersonHistory, PersonChooser
    edit_handler = ObjectList([FieldPanel(name) for name in PERSON_FIELDS], base_form_class=PersonForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return Person.objects.without_account(request.user).select_related("agency")


class DomainSnippets(SnippetViewSet):
    model = EmailDomain
    icon = "mail"
    list_display = ["domain", "agency"]
    search_fields = ["domain"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = AddDomain, EditDomain, RemoveByVerb
    edit_handler = ObjectList([FieldPanel("domain"), FieldPanel("agency")], base_form_class=DomainForm)


class PeopleGroup(SnippetViewSetGroup):
    items = (AgencySnippets, PersonSnippets, DomainSnippets)
    menu_label = _("People and agencies")
    menu_icon = "group"
    menu_order = 300


register_snippet(PeopleGroup)


# --- Merging ---------------------------------------------------------------------------------------------------------------------
@hooks.register("register_admin_urls")
def merging_addresses() -> list[URLPattern]:
    return [
        path("merging/<slug:kind>/", cms_merging.suggestions, name="people_merging"),
        path("merging/<slug:kind>/<int:first>/<int:second>/", cms_merging.compare, name="people_compare"),
    ]


class MergingItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_curate_people(request.user)


@hooks.register("register_admin_menu_item")
def merging_item() -> MenuItem:
    return MergingItem(_("Possibly the same"), reverse("people_merging", args=["people"]), icon_name="link", order=310)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Acts that the CMS history shows."""
    actions.register_action("people.merge", _("Merge"), _("Merged with another entry"))
    actions.register_action("people.place", _("Move to an agency"), _("Moved to another agency"))
