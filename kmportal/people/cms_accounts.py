"""Accounts in the CMS: Wagtail's screens, our form and verbs. No superuser box, no passwords, no deleting (switch off instead)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users as wagtail_users

from kmportal.people import actions
from kmportal.people.cms_forms import AccountAdminForm
from kmportal.people.models import User
from kmportal.people.signup import send_invitation


class SaysWhy:
    """A refused step comes back as words on the form."""

    produced_error_code = ""
    produced_error_message: Any = None

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view that this is mixed into
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_code = "validation_error"
            self.produced_error_message = " ".join(error.messages)
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the view that this is mixed into


class AddAccount(SaysWhy, wagtail_users.CreateView):
    def save_instance(self) -> User:
        account = actions.save_account(actor=self.request.user, details=self.form.details())
        send_invitation(self.request, account)
        return account


class EditAccount(SaysWhy, wagtail_users.EditView):
    def save_instance(self) -> User:
        # The form has written its values into its own copy: the verb compares with what is stored.
        stored = User.objects.select_related("agency").get(pk=self.object.pk)
        return actions.save_account(actor=self.request.user, account=stored, details=self.form.details())


class NoDeleting(wagtail_users.DeleteView):
    """What a person wrote and was credited with stays named; an account is switched off."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        raise PermissionDenied


class AccountList(wagtail_users.IndexView):
    """Without the boxes for acting on many at once: Wagtail's acts would pass our rules by."""

    @cached_property
    def columns(self) -> list[Any]:
        shown = [column for column in super().columns if column.name not in {"bulk_actions", "is_superuser"}]
        return [*shown[:2], Column("agency", label=_("Agency"), accessor="agency"), *shown[2:]]

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.select_related("agency")


class Accounts(wagtail_users.UserViewSet):
    index_view_class = AccountList
    add_view_class, edit_view_class, delete_view_class = AddAccount, EditAccount, NoDeleting
    template_prefix = ""
    menu_label = _("Members' accounts")

    def get_form_class(self, for_update: bool = False) -> type[AccountAdminForm]:
        return AccountAdminForm
