"""The screens that all doors lead to: the whole interview, one question, the steps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.interviews.actions import answering, handing, sending
from communities.interviews.actions.ground import InterviewError, WrittenMeanwhile
from communities.interviews.forms import AnswerForm, StepForm
from communities.interviews.models import Question
from communities.interviews.presenting import whole
from communities.interviews.views.ground import Door, shown
from communities.talk.models import Channel

SAID = {
    "send": _("The expert is asked by mail."),
    "ask": _("The expert reads it, corrects it and approves it from a mail."),
    "drop": _("Called off. What was written is deleted."),
    "hand_over": _("Handed over. You can still change everything until you approve it."),
    "approve": _("Thank you. The members of the community can read it now."),
    "reopen": _("Open again. Nobody else reads it until you approve it anew."),
    "withdraw": _("Withdrawn. Your words and recordings are deleted."),
}
SURE = {"drop", "withdraw"}


def page(request: HttpRequest, door: Door) -> HttpResponse:
    """Questions and answers, recordings, and what can be done now."""
    template = "expert.html" if door.is_expert else "interview.html"
    found = whole(door)
    if door.is_worker and door.interview.state == door.interview.State.APPROVED:
        found["channel"] = Channel.objects.visible_to(request.user).open().filter(community=door.interview.community).first()
    return shown(request, template, door, **found)


def step(request: HttpRequest, door: Door) -> HttpResponse:
    """Does what was pressed, or asks once more before something is deleted."""
    form = StepForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    if said["do"] in SURE and not said["sure"]:
        return shown(request, "sure.html", door, do=said["do"])
    try:
        _do(door, said)
        messages.success(request, SAID[said["do"]])
    except InterviewError as problem:
        messages.error(request, str(problem.words))
    return redirect(door.page)


def _do(door: Door, said: dict[str, Any]) -> None:
    if said["do"] == "approve":
        handing.approve(actor=door.writer, read=said["read"])
        return
    verbs: dict[str, Any] = {
        "send": sending.send, "ask": sending.ask_approval, "drop": handing.drop, "hand_over": handing.hand_over,
        "reopen": handing.reopen, "withdraw": handing.withdraw,
    }  # fmt: skip
    verbs[said["do"]](actor=door.writer)


def answer(request: HttpRequest, door: Door, number: int) -> HttpResponse:
    """One question: written, left out, or put off for later."""
    question = _question(door, number)
    before = {"answer": question.answer, "revision": question.revision}
    form, problem = AnswerForm(request.POST if request.method == "POST" else None, initial=before), ""
    if form.is_bound and form.is_valid():
        try:
            _write(door, number, form.cleaned_data)
            return redirect(_then(door, number, form.cleaned_data["go"]))
        except InterviewError as error:
            problem, form = str(error.words), _again(form, question, error)
    found = {"question": question, "form": form, "problem": problem, "later": _then(door, number, "next")}
    found["number"] = door.interview.questions.count()
    return shown(request, "answer.html", door, status=409 if problem else 422 if form.is_bound else 200, **found)


def _question(door: Door, number: int) -> Question:
    """For those who write; members read the whole page.

    Raises:
        PermissionDenied, Question.DoesNotExist
    """
    if door.hand is None:
        raise PermissionDenied
    found: Question = door.interview.questions.select_related("typed_by__person").get(position=number)
    return found


def _write(door: Door, number: int, said: dict[str, Any]) -> None:
    if said["go"] == "skip":
        answering.skip(actor=door.writer, number=number, revision=said["revision"])
    else:
        answering.save_answer(actor=door.writer, number=number, answer=said["answer"], revision=said["revision"])


def _again(form: AnswerForm, question: Any, error: InterviewError) -> AnswerForm:
    """The reader's own words, to be sent again over those that came between, knowingly."""
    if not isinstance(error, WrittenMeanwhile):
        return form
    question.refresh_from_db()
    return AnswerForm(initial={"answer": form.cleaned_data["answer"], "revision": question.revision})


def _then(door: Door, number: int, go: str) -> str:
    """The next question without an answer; the overview where there is none."""
    if go == "list":
        return door.page
    open_ones = door.interview.questions.filter(answer="", skipped=False).exclude(position=number)
    following = open_ones.filter(position__gt=number).first() or open_ones.first()
    return door.url("answer", following.position) if following else door.page
