"""The members of a space, for each other; and what a facilitator does with one of them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from communities import roster
from communities.actions.members import change_role, remove_member
from communities.forms import PutOutForm, RoleForm
from communities.models import Membership
from communities.space import inside, led
from communities.views.ground import done, me, page, to, tried


@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """/communities/<slug>/members/?q=…&role=…: who is here, with what they offer and seek."""
    space = inside(request.user, slug)
    return page(request, space, "members", roster=roster.of(request, space))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The role of one member, for facilitators."""
    space = led(request.user, slug)
    one = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk, community=space.community)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": one.role})
    role = Membership.Role
    if tried(form, lambda: change_role(actor=me(request), membership=one, role=role(form.cleaned_data["role"]))):
        return to(space, "members")
    return page(request, space, "member", form=form, one=one, out_form=PutOutForm())


@login_required
@require_http_methods(["POST"])
def put_out(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes a member out."""
    space = led(request.user, slug)
    one = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk, community=space.community)
    words = _("%(name)s is not a member any more.") % {"name": one.user}
    form = PutOutForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    done(request, lambda: remove_member(actor=me(request), membership=one, why=why), words)
    return to(space, "members")
