"""One's own profile, and what coordinators set for others."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kmportal.core.preferences import remember_language
from kmportal.people import actions, permissions
from kmportal.people.forms import AccountForm, AgencyRequestForm, InvitationForm, PictureForm, ProfileForm
from kmportal.people.models import Person, User
from kmportal.people.roles import Role
from kmportal.people.signup import send_invitation

PER_PAGE = 30


def _me(request: HttpRequest) -> User:
    """The signed-in account; login_required stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _show_profile(request: HttpRequest, **forms: object) -> HttpResponse:
    user = _me(request)
    mine = Person.objects.visible_to(user).filter(user=user).first() or Person(
        user=user, given_name=user.first_name, family_name=user.last_name
    )
    shown = {
        "person": mine,
        "form": ProfileForm.of(mine, user),
        "picture_form": PictureForm(prefix="p"),
        "agency_form": AgencyRequestForm(prefix="a", initial={"agency": user.agency_id}),
        "roles": [Role(name).label for name in sorted(user.role_names) if name in Role.values],
        **forms,
    }
    return render(request, "people/profile.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """See and change one's own page."""
    user = _me(request)
    if request.method != "POST":
        return _show_profile(request)
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _show_profile(request, form=form)
    actions.update_profile(actor=user, details=form.details())
    actions.set_language(actor=user, language=form.cleaned_data["language"])
    messages.success(request, _("Your profile is saved."))
    response = redirect("people:profile")
    remember_language(response, user.language)
    return response


def _done(form: Form, field: str, verb: Callable[[], object]) -> bool:
    """Runs the verb where the form is whole; a refusal becomes an error of that field."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        form.add_error(field, error)
        return False
    return True


@login_required
@require_POST
def change_picture(request: HttpRequest) -> HttpResponse:
    """A new picture."""
    form = PictureForm(request.POST, request.FILES, prefix="p")
    user = _me(request)
    if not _done(form, "picture", lambda: actions.set_own_picture(actor=user, upload=form.cleaned_data["picture"])):
        return _show_profile(request, picture_form=form)
    messages.success(request, _("Your picture is changed."))
    return redirect("people:profile")


@login_required
@require_POST
def remove_picture(request: HttpRequest) -> HttpResponse:
    """Back to the woven face."""
    user = _me(request)
    actions.remove_picture(actor=user, person=actions.complete_signup(account=user))
    messages.success(request, _("Your picture is removed."))
    return redirect("people:profile")


@login_required
@require_POST
def request_agency(request: HttpRequest) -> HttpResponse:
    """Ask the coordinators for another agency."""
    form = AgencyRequestForm(request.POST, prefix="a")
    user = _me(request)
    if not _done(form, "agency", lambda: actions.request_agency(actor=user, **form.cleaned_data)):
        return _show_profile(request, agency_form=form)
    messages.success(request, _("Your request has been sent. The coordinator decides; you will see the change here."))
    return redirect("people:profile")


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why staff need an authenticator app or a passkey, and the way to each."""
    return render(request, "people/second_factor.html")


@login_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts a coordinator may place, the newest first, those without an agency marked."""
    user = _me(request)
    if not permissions.can_see_accounts(user):
        raise PermissionDenied
    words = request.GET.get("q", "").replace("\x00", "")[:80]  # PostgreSQL refuses a NUL in a text
    found = Person.objects.placeable_by(user).matching(words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/accounts.html", {"page": page, "words": words})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account for somebody and mail them the way in."""
    actor = _me(request)
    if not permissions.can_see_accounts(actor):
        raise PermissionDenied
    form = InvitationForm.of(actor, request.POST or None)
    if not _done(form, "email", lambda: send_invitation(request, actions.invite(actor=actor, **form.cleaned_data))):
        return render(request, "people/invite.html", {"form": form})
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
    return redirect("people:accounts")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, handle: str) -> HttpResponse:
    """Agency and roles of one account."""
    actor = _me(request)
    if not permissions.can_see_accounts(actor):
        raise PermissionDenied
    shown = get_object_or_404(Person.objects.placeable_by(actor), handle=handle)
    theirs = cast(User, shown.user)
    form = AccountForm.of(theirs, actor, request.POST or None)
    if form.is_valid():
        actions.change_account(actor=actor, account=theirs, **form.wanted())
        messages.success(request, _("The account of %(name)s is saved.") % {"name": shown})
        return redirect("people:accounts")
    return render(request, "people/account.html", {"person": shown, "form": form})
