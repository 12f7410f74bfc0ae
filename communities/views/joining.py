"""Coming in, going out, and what a member says of themselves."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from communities.actions import inviting, joining, members
from communities.forms import AskForm, SelfForm
from communities.models import Invitation, JoinRequest
from communities.space import inside, space_of
from communities.views.ground import done, me, page, to, tried


@login_required
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Into an open community with one click."""
    space = space_of(request.user, slug)
    done(request, lambda: joining.join(actor=me(request), community=space.community), _("Welcome. You are a member now."))
    return to(space)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A request to the facilitators, with words."""
    space, form = space_of(request.user, slug), AskForm(request.POST if request.method == "POST" else None)
    actor, community = me(request), space.community
    if tried(form, lambda: joining.ask_to_join(actor=actor, community=community, words=form.cleaned_data["words"])):
        return to(space)
    return page(request, space, "ask", form=form)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes one's own request back."""
    space = space_of(request.user, slug)
    asked = get_object_or_404(JoinRequest.objects.waiting(), community=space.community, user=request.user)
    done(request, lambda: joining.withdraw_request(actor=me(request), request=asked), _("Your request is taken back."))
    return to(space)


@login_required
@require_POST
def answer_invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes or no to an invitation that is to one's own address."""
    space = space_of(request.user, slug)
    invitation = get_object_or_404(Invitation.objects.open_for(request.user), community=space.community)
    return _answered(request, invitation, "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """/invitations/<token>/: where the link of the mail leads; opening it does nothing, so that mail scanners accept for nobody."""
    found = Invitation.objects.open().filter(token_digest=inviting.digest_of(token)).select_related("community", "invited_by")
    invitation = found.first()
    if invitation is None:
        return render(request, "communities/invited.html", {"invitation": None}, status=404)
    if request.method == "POST" and request.user.is_authenticated:
        return _answered(request, invitation, token)
    return render(request, "communities/invited.html", {"invitation": invitation})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then one is out."""
    space = inside(request.user, slug)
    membership: Any = space.membership
    if request.method == "POST":
        words = _("You have left the community.")
        gone = done(request, lambda: members.remove_member(actor=me(request), membership=membership), words)
        return HttpResponseRedirect(reverse("communities:list")) if gone else to(space, "leave")
    return page(request, space, "leave")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def myself(request: HttpRequest, slug: str) -> HttpResponse:
    """What one offers and seeks here."""
    space = inside(request.user, slug)
    own: Any = space.membership
    form = SelfForm(request.POST if request.method == "POST" else None, initial={"offers": own.offers, "seeks": own.seeks})
    actor, community = me(request), space.community
    if tried(form, lambda: members.describe_self(actor=actor, community=community, **form.cleaned_data)):
        return to(space, "members")
    return page(request, space, "me", form=form)


@login_required
@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter was read; the first steps are put away, or taken out again."""
    space, what = inside(request.user, slug), request.POST.get("what", "")
    actor, community = me(request), space.community
    if what == "charter":
        done(request, lambda: members.mark_charter_read(actor=actor, community=community))
    elif what in {"away", "back"}:
        done(request, lambda: members.put_steps_away(actor=actor, community=community, away=what == "away"))
    else:
        raise Http404
    return to(space)


@login_required
@require_POST
def lead(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes the lead of a community that nobody leads."""
    space = inside(request.user, slug)
    actor, community = me(request), space.community
    done(request, lambda: members.take_the_lead(actor=actor, community=community), _("You lead the community now."))
    return to(space)


def _answered(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    actor = me(request)
    if request.POST.get("answer") == "no":
        words = _("Your answer is told. Thank you.")
        done(request, lambda: inviting.decline(actor=actor, invitation=invitation, token=token), words)
        return redirect("communities:list")
    welcome = _("Welcome. You are a member now.")
    made = done(request, lambda: inviting.accept(actor=actor, invitation=invitation, token=token), welcome)
    return redirect(invitation.community) if made else redirect("communities:list")
