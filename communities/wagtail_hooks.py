"""Communities and memberships in the CMS. The screens are Wagtail's; every change goes through communities.actions.

A community that somebody may not manage is not there for them: not in lists, not in choosers, not by its address.
"""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetChosenView
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UsageView,
)

from communities.actions.ground import CommunityError
from communities.actions.members import add_member, change_role, remove_member
from communities.actions.spaces import CommunityDetails, change_community, create_community
from communities.models import Community, Membership
from communities.permissions import can_create, can_hide, can_manage


class CommunityPolicy(BasePermissionPolicy):
    """The rights of communities.permissions in the words Wagtail asks for."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "add":
            return can_create(user)
        return action in {"change", "view"} and (can_create(user) or Community.objects.manageable_by(user).exists())

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action in {"change", "view"} and can_manage(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet[Community]:
        return Community.objects.manageable_by(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[Any]:
        return get_user_model().objects.filter(memberships__role=Membership.Role.FACILITATOR).distinct()


class MembershipPolicy(CommunityPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        return Community.objects.manageable_by(user).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return can_manage(user, instance.community)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet[Any]:
        return managed_memberships(user)


register_permission_policy(Community, CommunityPolicy(Community))
register_permission_policy(Membership, MembershipPolicy(Membership))


def managed_memberships(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(community__in=Community.objects.manageable_by(user)).select_related("community", "user")


# --- Screens that know only what the person may manage ---------------------------------------------------------------------------
class ManagedOnly:
    """Wagtail's views find any object by its number; these find what the person may manage, or nothing."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # the view that this is mixed into
        community = found if isinstance(found, Community) else found.community
        if not can_manage(self.request.user, community):
            raise Http404
        return found


class SaysWhy:
    """A refused step comes back as words on the form."""

    produced_error_code = ""
    produced_error_message: Any = None

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view that this is mixed into
        except CommunityError as error:
            form.add_error(None, error.words)
            self.produced_error_code, self.produced_error_message = "validation_error", error.words
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the view that this is mixed into


class ManagedUsage(ManagedOnly, UsageView):
    pass


class ManagedHistory(ManagedOnly, HistoryView):
    pass


def account_of(email: str) -> Any:
    """The active account with this address. Typed, not picked from a list: a list would show everybody's address.

    Raises:
        ValidationError: there is none.
    """
    found = get_user_model().objects.filter(email__iexact=email.strip(), is_active=True).first()
    if found is None:
        raise forms.ValidationError(_("There is no account with this e-mail address."))
    return found


class CommunityForm(WagtailAdminModelForm):
    facilitator = forms.EmailField(
        label=_("first facilitator's e-mail"), required=False, help_text=_("Leave empty to be the facilitator yourself.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["facilitator"]
            self.fields["is_hidden"].disabled = not can_hide(self.for_user, self.instance)

    def clean_facilitator(self) -> Any:
        email = self.cleaned_data["facilitator"]
        return account_of(email) if email else None

    @property
    def details(self) -> CommunityDetails:
        names = ("name", "name_en", "domain", "is_hidden")
        return CommunityDetails(**{name: self.cleaned_data[name] for name in names})


class MembershipForm(WagtailAdminModelForm):
    member = forms.EmailField(label=_("member's e-mail"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = Community.objects.manageable_by(self.for_user)
        if self.instance.pk:
            self.initial["member"] = self.instance.user.email
            self.fields["community"].disabled = self.fields["member"].disabled = True

    def clean_member(self) -> Any:
        return account_of(self.cleaned_data["member"])


class AddCommunity(SaysWhy, CreateView):
    def save_instance(self) -> Community:
        return create_community(
            actor=self.request.user, details=self.form.details, facilitator=self.form.cleaned_data["facilitator"]
        )


class EditCommunity(ManagedOnly, SaysWhy, EditView):
    def save_instance(self) -> Community:
        return change_community(actor=self.request.user, community=self.object, details=self.form.details)


class AddMembership(SaysWhy, CreateView):
    def save_instance(self) -> Membership:
        data = self.form.cleaned_data
        return add_member(
            actor=self.request.user, community=data["community"], user=data["member"], role=Membership.Role(data["role"])
        )


class EditMembership(ManagedOnly, SaysWhy, EditView):
    def save_instance(self) -> Membership:
        role = Membership.Role(self.form.cleaned_data["role"])
        return change_role(actor=self.request.user, membership=Membership.objects.get(pk=self.object.pk), role=role)


class DeleteMembership(ManagedOnly, DeleteView):
    def delete_action(self) -> None:
        remove_member(actor=self.request.user, membership=self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except CommunityError as error:
            messages.error(self.request, error.words)
            return redirect(self.get_success_url())


# --- Choosing a community for a page ---------------------------------------------------------------------------------------------
class VisibleCommunities:
    """A page can be kept to a community that the editor is told of; hidden ones are told to their members alone."""

    request: Any

    def get_object_list(self) -> QuerySet[Community]:
        return Community.objects.visible_to(self.request.user)

    def get_object(self, pk: str) -> Community:
        return Community.objects.visible_to(self.request.user).get(pk=pk)


class ChooseCommunity(VisibleCommunities, ChooseView):
    pass


class ChooseCommunityResults(VisibleCommunities, ChooseResultsView):
    pass


class ChosenCommunity(VisibleCommunities, SnippetChosenView):
    pass


class CommunityChooser(SnippetChooserViewSet):
    choose_view_class = ChooseCommunity
    choose_results_view_class = ChooseCommunityResults
    chosen_view_class = ChosenCommunity


class ManagedMemberships:
    """Who is in a community is told, here too, to whoever looks after it."""

    request: Any

    def get_object_list(self) -> QuerySet[Membership]:
        return managed_memberships(self.request.user)

    def get_object(self, pk: str) -> Membership:
        return managed_memberships(self.request.user).get(pk=pk)


class ChooseMembership(ManagedMemberships, ChooseView):
    pass


class ChooseMembershipResults(ManagedMemberships, ChooseResultsView):
    pass


class ChosenMembership(ManagedMemberships, SnippetChosenView):
    pass


class MembershipChooser(SnippetChooserViewSet):
    choose_view_class = ChooseMembership
    choose_results_view_class = ChooseMembershipResults
    chosen_view_class = ChosenMembership


class CommunitySnippets(SnippetViewSet):
    model = Community
    icon = "group"
    menu_label = _("Communities of practice")
    list_display = ["name", "is_hidden"]
    copy_view_enabled = False
    add_view_class, edit_view_class = AddCommunity, EditCommunity
    usage_view_class, history_view_class = ManagedUsage, ManagedHistory
    chooser_viewset_class = CommunityChooser
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "name_en", "domain", "is_hidden", "facilitator")], base_form_class=CommunityForm
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Community]:
        return Community.objects.manageable_by(request.user)


class MembershipSnippets(SnippetViewSet):
    model = Membership
    icon = "user"
    menu_label = _("Memberships")
    list_display = ["user", "community", "get_role_display", "joined_at"]
    copy_view_enabled = False
    add_view_class, edit_view_class, delete_view_class = AddMembership, EditMembership, DeleteMembership
    usage_view_class, history_view_class = ManagedUsage, ManagedHistory
    chooser_viewset_class = MembershipChooser
    edit_handler = ObjectList([FieldPanel(name) for name in ("community", "member", "role")], base_form_class=MembershipForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return managed_memberships(request.user)


class CommunityGroup(SnippetViewSetGroup):
    items = (CommunitySnippets, MembershipSnippets)
    menu_label = _("Communities")
    menu_icon = "group"
    menu_order = 400


register_snippet(CommunityGroup)
