"""Polls of a space: list, asking, voting, results."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.commons.actions import polls as verbs
from communities.commons.forms.polls import BallotForm, PollForm, QuestionForms, more
from communities.commons.models import Poll
from communities.commons.permissions import can_vote
from communities.commons.presenting import polls as presenting
from communities.commons.views.ground import (
    deleted,
    found,
    managing,
    member,
    page,
    reading,
    removed,
    sent,
    step,
    to,
    tried,
    writing,
    written,
)
from communities.space import Space

PER_PAGE = 20


@reading
def polls(request: HttpRequest, space: Space) -> HttpResponse:
    listing = Paginator(presenting.listed(space), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "polls.html", space, listing=listing, undo=removed(request, "commons:poll_restore", space))


@managing
def new(request: HttpRequest, space: Space) -> HttpResponse:
    """The button "more" makes room for one question more and sends nothing."""
    if "more" in request.POST:
        data = more(request.POST)
        form = PollForm(initial={name: request.POST.get(name) for name in PollForm.base_fields}, data=None)
        form.initial["body"] = form.fields["body"].widget.value_from_datadict(request.POST, {}, "body")
        return page(request, "poll_new.html", space, form=form, questions=QuestionForms(data, prefix="q"), silent=True)
    form = PollForm(sent(request))
    questions = QuestionForms(sent(request), prefix="q")
    made = written(form, lambda: _opened(request, space, form, questions)) if questions.is_valid() else None
    return to(made) if made else page(request, "poll_new.html", space, form=form, questions=questions)


def _opened(request: HttpRequest, space: Space, form: PollForm, questions: Any) -> Poll:
    asked = [one for one in (question.asked() for question in questions) if one is not None]
    return verbs.open_poll(actor=member(request), community=space.community, words=form.words(asked))


@writing
def poll(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    """The ballot while one may vote, the results when one may see them."""
    thing = found(space, Poll.objects.visible_to(request.user).select_related("author"), pk)
    now, user = timezone.now(), member(request)
    form = BallotForm(thing, sent(request), user=user)
    if request.method == "POST" and written(form, lambda: _voted(request, thing, form)):
        return to(thing, "voted")
    stands = presenting.standing(thing, user, now)
    may_vote = can_vote(user, thing, now) and not (thing.anonymous and stands.has_voted)
    results = presenting.results(thing) if stands.shows else []
    return page(request, "poll.html", space, poll=thing, form=form, stands=stands, may_vote=may_vote, results=results)


def _voted(request: HttpRequest, poll: Poll, form: BallotForm) -> bool:
    verbs.vote(actor=member(request), poll=poll, said=form.vote())
    return True


@step(Poll.objects.visible_to)
def close(request: HttpRequest, space: Space, thing: Poll) -> HttpResponse:
    tried(request, lambda: verbs.close_poll(actor=member(request), poll=thing), said=_("The poll is closed."))
    return to(thing)


@step(Poll.objects.visible_to)
def delete(request: HttpRequest, space: Space, thing: Poll) -> HttpResponse:
    verbs.delete_poll(actor=member(request), poll=thing)
    return deleted(thing, "commons:polls")


@step(Poll.objects.of_members)
def restore(request: HttpRequest, space: Space, thing: Poll) -> HttpResponse:
    return redirect(verbs.restore_poll(actor=member(request), poll=thing))
