"""What facilitators do: words, requests, invitations, hand-over, the end, health; opening communities and their parts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import measures, outside
from communities.actions import inviting, joining, leading, spaces
from communities.forms import AnswerForm, CommunityForm, InviteForm, NewCommunityForm, OfferForm
from communities.models import HandOver, Invitation, JoinRequest, Membership
from communities.permissions import can_create, can_open_part
from communities.space import inside, led
from communities.views.ground import done, me, page, to, tried

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(READ_AND_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """/communities/new/: network coordinators open a community and name its first facilitator."""
    if not can_create(request.user):
        raise PermissionDenied
    form = NewCommunityForm(request.POST if request.method == "POST" else None, user=request.user)
    actor = me(request)
    first: Any = form.cleaned_data.get("facilitator") if form.is_valid() else None
    made = tried(form, lambda: spaces.create_community(actor=actor, details=form.details, facilitator=first))
    if made:
        # Who opened a hidden one for somebody else does not find it any more.
        return redirect("communities:list") if made.is_hidden and first not in {None, actor} else redirect(made)
    return render(request, "communities/new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(READ_AND_WRITE)
def new_part(request: HttpRequest, slug: str) -> HttpResponse:
    """A sub-community, opened by a facilitator."""
    space = led(request.user, slug)
    if not can_open_part(request.user, space.community):
        raise PermissionDenied
    form = CommunityForm(request.POST if request.method == "POST" else None, user=request.user)
    made = tried(form, lambda: spaces.open_part(actor=me(request), parent=space.community, details=form.details))
    return redirect(made) if made else page(request, space, "new_part", form=form)


@login_required
@require_http_methods(READ_AND_WRITE)
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community says of itself, and the way in."""
    space = led(request.user, slug)
    form = CommunityForm(request.POST if request.method == "POST" else None, user=request.user, community=space.community)
    actor, community = me(request), space.community
    if tried(form, lambda: spaces.change_community(actor=actor, community=community, details=form.details)):
        return to(space)
    return page(request, space, "settings", form=form)


@login_required
@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks to come in, and who asked before."""
    space = led(request.user, slug)
    found = JoinRequest.objects.visible_to(request.user).filter(community=space.community).select_related("user__agency")
    settled = found.exclude(state=JoinRequest.State.WAITING).select_related("settled_by").order_by("-settled_at")[:20]
    return page(request, space, "requests", waiting=found.waiting(), settled=settled)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Approves or declines one request."""
    space, form = led(request.user, slug), AnswerForm(request.POST)
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.user), pk=pk, community=space.community)
    if form.is_valid():
        verb: Any = joining.approve_request if form.cleaned_data["decision"] == "approve" else joining.decline_request
        answer = form.cleaned_data["words"]
        done(request, lambda: verb(actor=me(request), request=asked, words=answer), _("Decided; the person is told."))
    return to(space, "requests")


@login_required
@require_http_methods(READ_AND_WRITE)
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Invites an address; and who was invited."""
    space, form = led(request.user, slug), InviteForm(request.POST if request.method == "POST" else None)
    actor, community = me(request), space.community
    if tried(form, lambda: inviting.invite(actor=actor, community=community, **_invited(form))):
        return to(space, "invitations")
    sent = (
        Invitation.objects.of_leader(request.user).filter(community=community).with_standing().select_related("invited_by")[:100]
    )
    return page(request, space, "invitations", form=form, sent=sent, lets_guests_in=outside.are_let_in())


def _invited(form: InviteForm) -> dict[str, Any]:
    return form.cleaned_data | {"role": Membership.Role(form.cleaned_data["role"])}


@login_required
@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Sends the mail again, or takes the invitation back."""
    space = led(request.user, slug)
    one = get_object_or_404(Invitation.objects.of_leader(request.user), pk=pk, community=space.community)
    if request.POST.get("do") == "revoke":
        done(request, lambda: inviting.revoke(actor=me(request), invitation=one), _("The invitation is taken back."))
    else:
        done(request, lambda: inviting.send_again(actor=me(request), invitation=one), _("The mail is on its way again."))
    return to(space, "invitations")


@login_required
@require_http_methods(READ_AND_WRITE)
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Offers leadership to another member; what was offered stands below."""
    space = inside(request.user, slug)
    if not space.is_facilitator:
        raise PermissionDenied
    form = OfferForm(request.POST if request.method == "POST" else None, community=space.community)
    actor, community = me(request), space.community
    if tried(form, lambda: leading.offer_leadership(actor=actor, community=community, **form.cleaned_data)):
        return to(space, "hand_over")
    offers = HandOver.objects.visible_to(request.user).filter(community=community).select_related("giver", "taker")[:20]
    return page(request, space, "hand_over", form=form, offers=offers)


@login_required
@require_POST
def answer_offer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes an offer of leadership, declines it, or takes it back."""
    space = inside(request.user, slug)
    offer = get_object_or_404(HandOver.objects.visible_to(request.user), pk=pk, community=space.community)
    verbs = {"yes": leading.accept_leadership, "no": leading.decline_leadership, "back": leading.withdraw_leadership}
    verb: Any = verbs.get(request.POST.get("answer", ""), leading.decline_leadership)
    done(request, lambda: verb(actor=me(request), offer=offer), _("Your answer is told. Thank you."))
    return to(space)


@login_required
@require_safe
def health(request: HttpRequest, slug: str) -> HttpResponse:
    """How the community is, in figures; for its facilitators."""
    space = inside(request.user, slug)
    if not space.is_facilitator:
        raise PermissionDenied
    return page(request, space, "health", figures=measures.figures(space.community), least=measures.LEAST)
