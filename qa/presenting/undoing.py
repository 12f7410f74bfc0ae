"""What was just done to a question, with the way back: named in the address after the step, shown only where it still holds."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qa import permissions
from qa.models import Answer, Comment, Draft, Question

_DELETED = re.compile(r"deleted-(answer|comment)-(\d{1,9})")
_UNACCEPTED = re.compile(r"unaccepted-(\d{1,9})")


@dataclass(frozen=True)
class Undo:
    """Words for the reader, and the POST address that takes it back; '' where nothing is to be taken back."""

    words: str
    url: str = ""


def offered(request: HttpRequest, question: Question) -> Undo | None:
    """Nothing for what did not happen, or what this reader may not take back."""
    did, user = request.GET.get("did", ""), request.user
    if did == "accepted" and question.accepted_id and permissions.can_accept(user, question):
        return Undo(_("Accepted. The answer stands first, and its author has been told."), _at("qa:unaccept", question))
    if did == "closed" and not question.is_open and permissions.can_close(user, question):
        return Undo(_("Closed, with a link to the question that was asked before."), _at("qa:reopen", question))
    if did == "saved" and Draft.objects.visible_to(user).filter(question=question).exists():
        return Undo(_("Your draft is saved. Only you see it."))
    if match := _UNACCEPTED.fullmatch(did):
        return _unaccepted(user, question, int(match[1]))
    match = _DELETED.fullmatch(did)
    return _deleted(user, question, match[1], int(match[2])) if match else None


def _at(name: str, post: Any) -> str:
    return reverse(name, args=[post.pk])


def _unaccepted(user: Any, question: Question, key: int) -> Undo | None:
    answer = Answer.objects.visible_to(user).filter(question=question, pk=key).first()
    if answer is None or question.accepted_id or not question.is_open or not permissions.can_accept(user, question):
        return None
    return Undo(_("No answer is accepted any more."), _at("qa:accept", answer))


def _deleted(user: Any, question: Question, kind: str, key: int) -> Undo | None:
    model: Any = Answer if kind == "answer" else Comment
    post = model.objects.deleted_for(user).filter(question=question, pk=key).first()
    if post is None:
        return None
    words = _("The answer is deleted.") if kind == "answer" else _("The comment is deleted.")
    return Undo(words, reverse("qa:restore", args=[kind, key]))
