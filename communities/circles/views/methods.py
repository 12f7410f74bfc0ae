"""The methods of circles: reading them, and for network coordinators copying, changing, restoring, retiring."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.circles.actions import methods as verbs
from communities.circles.actions.ground import CircleError
from communities.circles.method_forms import MethodForm, NewRoundForms, RoundForms, method_from, rounds_for
from communities.circles.models import Template, TemplateVersion
from communities.circles.permissions import can_write_methods
from communities.circles.views.ground import member


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All methods; retired ones for those who may bring them back."""
    may_write = can_write_methods(request.user)
    found = Template.objects.visible_to(request.user).select_related("current").filter(current__isnull=False)
    found = found if may_write else found.offered()
    return render(request, "circles/methods.html", {"methods": found, "may_write": may_write})


@login_required
@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """A method with its rounds; ?version=2 for an earlier one."""
    found = _template(request, slug)
    wanted = request.GET.get("version", "")
    versions = list(found.versions.select_related("created_by"))
    shown = next((one for one in versions if str(one.number) == wanted), found.current)
    words = {"template": found, "version": shown, "versions": versions, "may_write": can_write_methods(request.user)}
    return render(request, "circles/method.html", words)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a method: what is sent becomes its next version."""
    found = _template(request, slug)
    if not can_write_methods(request.user):
        raise PermissionDenied
    form, rounds = _forms(request, found.current)
    if request.method == "POST" and form.is_valid() and rounds.is_valid() and _changed(request, found, form, rounds):
        messages.success(request, _("Saved as a new version. Circles that are open keep the one they began with."))
        return redirect(found)
    words = {"template": found, "form": form, "rounds": rounds}
    return render(request, "circles/method_edit.html", words, status=400 if form.errors or rounds.total_error_count() else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A method of one's own, from nothing."""
    if not can_write_methods(request.user):
        raise PermissionDenied
    form, rounds = MethodForm(request.POST or None), NewRoundForms(request.POST or None, prefix="rounds")
    if request.method == "POST" and form.is_valid() and rounds.is_valid():
        made = _made(request, form, rounds)
        if made is not None:
            messages.success(request, _("The method is there. Facilitators can start circles with it now."))
            return redirect(made)
    bad = bool(form.errors) or (rounds.is_bound and bool(rounds.total_error_count()))
    return render(request, "circles/method_edit.html", {"form": form, "rounds": rounds}, status=400 if bad else 200)


@login_required
@require_POST
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    made = verbs.copy_template(actor=member(request), template=_template(request, slug))
    return redirect("circles:change_template", made.slug)


@login_required
@require_POST
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _template(request, slug)
    verbs.restore_version(actor=member(request), version=get_object_or_404(found.versions, pk=pk))
    return redirect(found)


@login_required
@require_POST
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    found = _template(request, slug)
    verbs.offer_template(actor=member(request), template=found, offered=request.POST.get("offered") == "yes")
    return redirect(found)


def _template(request: HttpRequest, slug: str) -> Template:
    found = Template.objects.visible_to(request.user).filter(current__isnull=False).select_related("current")
    return get_object_or_404(found, slug=slug)


def _forms(request: HttpRequest, version: TemplateVersion | None) -> tuple[MethodForm, Any]:
    if request.method == "POST":
        return MethodForm(request.POST), RoundForms(request.POST, prefix="rounds", initial=_rounds(version))
    words = vars(verbs.method_of(version)) | {"seen": version.number} if version else {}
    return MethodForm(initial=words), RoundForms(prefix="rounds", initial=_rounds(version))


def _rounds(version: TemplateVersion | None) -> list[dict[str, Any]]:
    return rounds_for(version.rounds) if version else []


def _made(request: HttpRequest, form: MethodForm, rounds: Any) -> Template | None:
    try:
        return verbs.make_template(actor=member(request), method=method_from(form, rounds))
    except ValidationError as bad:
        form.add_error(None, bad)
    except CircleError as refused:
        form.add_error(None, refused.words)
    return None


def _changed(request: HttpRequest, found: Template, form: MethodForm, rounds: Any) -> bool:
    try:
        method = method_from(form, rounds)
        seen, note = form.cleaned_data["seen"] or 0, form.cleaned_data["note"]
        verbs.change_template(actor=member(request), template=found, seen=seen, method=method, note=note)
    except ValidationError as bad:
        form.add_error(None, bad)
        return False
    except CircleError as refused:
        form.add_error(None, refused.words)
        return False
    return True
