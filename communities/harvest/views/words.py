"""A teller's word: read as it will stand, then approved, or sent back with words, or one's telling taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from communities.harvest.actions import words
from communities.harvest.actions.ground import HarvestError
from communities.harvest.actions.withdrawing import withdraw_by_word
from communities.harvest.forms import WithdrawForm, WordForm
from communities.harvest.models import Statement, Word
from communities.harvest.presenting import told_in
from communities.harvest.telling import reading_of

THANKS = {
    "approve": _("Thank you. The lesson may stand so; it goes on to its review."),
    "refuse": _("Thank you. The note-taker reads what should change, and asks you again."),
    "cut": _("Taken back. Your words are out of the draft."),
    "withdraw": _("Taken back. The lesson is not published as long as these words stand in it."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """By the link of a mail."""
    try:
        word = words.by_link(secret=secret, now=timezone.now())
    except Word.DoesNotExist:
        return render(request, "harvest/link_gone.html", status=404)
    return _page(request, word)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """By one's account, for those who come from the inbox."""
    try:
        return _page(request, words.own(actor=request.user, pk=pk))  # type: ignore[arg-type]  # signed in
    except Word.DoesNotExist as error:
        raise Http404 from error


def _page(request: HttpRequest, word: Word) -> HttpResponse:
    form, problem = WordForm(request.POST or None), ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, word, form))
            return redirect(request.path)
        except HarvestError as error:
            problem = str(error.words)
    text = reading_of(word)
    shown: dict[str, Any] = {
        "word": word, "draft": word.draft, "lesson": word.draft.lesson, "title": text.text["title"], "fields": told_in(text.text),
        "digest": text.digests[0], "holds": word.digest in text.digests, "whole": text.whole,
        "statements": list(word.draft.statements.filter(teller=word.teller_id, person=word.person_id)), "form": form, "problem": problem,
    }  # fmt: skip
    return render(request, "harvest/word.html", shown, status=409 if problem else 200)


def _act(request: HttpRequest, word: Word, form: WordForm) -> Any:
    """Does what was pressed; gives the thanks.

    Raises:
        HarvestError
        Http404: a form that is not ours.
    """
    taking_back = WithdrawForm(request.POST)
    if taking_back.is_valid():
        return _take_back(word, taking_back.cleaned_data["statement"])
    if not form.is_valid():
        raise Http404
    said, now = form.cleaned_data, timezone.now()
    if said["answer"] == "approve":
        words.approve(word=word, read=said["read"], at=now)
    else:
        words.refuse(word=word, read=said["read"], says=said["says"], at=now)
    return THANKS[said["answer"]]


def _take_back(word: Word, pk: int) -> Any:
    try:
        taken = withdraw_by_word(word=word, statement=pk)
    except Statement.DoesNotExist as error:
        raise Http404 from error
    return THANKS["withdraw" if taken.text else "cut"]
