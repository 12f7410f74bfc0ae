"""The ballot: admitted entries without names, in an order of one's own."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.contest import phases, voters
from kmportal.contest.actions import voting
from kmportal.contest.models import Entry, Vote
from kmportal.contest.views.ground import contest_for, member, page, tried


@login_required
@require_safe
def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """/contests/<slug>/vote/: while the vote is open; before and after, when it is."""
    contest, user = contest_for(request.user, slug), member(request)
    if not contest.has_vote:
        raise Http404
    rows = Entry.objects.on_ballot(user).filter(contest=contest).select_related("category").prefetch_related("pictures__picture")
    entries = voters.order_for(user, list(rows))
    entries.sort(key=lambda one: (one.category.position, one.category_id) if one.category else (0, 0))
    groups = [(category, list(several)) for category, several in groupby(entries, key=lambda one: one.category)]
    mine = set(Vote.objects.visible_to(user).filter(category__contest=contest).values_list("entry", flat=True))
    return page(
        request, "ballot", contest=contest, groups=groups, mine=mine, own=voters.own(user, entries),
        is_open=phases.vote_is_open(contest), barred=voters.has_other_part(user, contest),
    )  # fmt: skip


@login_required
@require_POST
def cast(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Votes for one; the same button on another changes it."""
    contest, user = contest_for(request.user, slug), member(request)
    try:
        tried(
            request,
            lambda: voting.vote(actor=user, entry=pk),
            said=_("Your vote is kept. You can change it until the vote ends."),
        )
    except Entry.DoesNotExist as gone:
        if phases.vote_is_open(contest):
            raise Http404 from gone
        tried(request, _closed)
    return redirect("contest:vote", contest.slug)


def _closed() -> None:
    raise voting.VoteClosed
