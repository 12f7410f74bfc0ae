"""The basket of a channel: what is marked, by field, and the step to a lesson."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from communities.harvest.actions import drafting
from communities.harvest.actions.ground import HarvestError
from communities.harvest.actions.taken import free_pieces
from communities.harvest.forms import BasketForm
from communities.harvest.permissions import harvests_in
from communities.harvest.presenting import in_basket
from communities.harvest.views.ground import channel_for, channel_in_space, member
from kmportal.library.actions.lessons import LessonError


@login_required
@require_GET
def basket(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Marks by field, those waiting for a note-taker, and what was drafted before."""
    space, channel = channel_in_space(member(request), slug, pk)
    harvests = harvests_in(space, channel)
    found = {"channel": channel, "space": space, "harvests": harvests, **in_basket(channel, space.user)}
    found["pieces"] = free_pieces(user=space.user, community=space.community) if harvests else []
    return render(request, "harvest/basket.html", found)


@login_required
@require_GET
def beside(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The basket beside the talk alone, for the script that keeps it fresh."""
    answer = render(request, "harvest/beside.html", {"channel": channel_for(request.user, slug, pk)})
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def draft(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The ticked marks become a lesson draft."""
    user, channel = member(request), channel_for(request.user, slug, pk)
    form = BasketForm(request.POST, marks=in_basket(channel, user)["keys"])
    chosen = form.cleaned_data["mark"] if form.is_valid() else []
    pieces, title = request.POST.getlist("piece")[:100], request.POST.get("title", "")[:200]
    try:
        made = drafting.draft_lesson(actor=user, channel=channel.pk, marks=chosen, pieces=pieces, title=title)
    except (HarvestError, LessonError) as problem:
        messages.error(request, str(problem.words))
        return redirect("harvest:basket", slug, pk)
    return redirect(made)
