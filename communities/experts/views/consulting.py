"""Requests for consultations and what came of them, for the two of them alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from communities.experts.actions import answering, outcomes, requesting
from communities.experts.fields import digest_of, newest
from communities.experts.forms.consulting import OutcomeForm, ProposeForm, ReadForm, RequestForm, SaysForm
from communities.experts.models import Consultation, Offer, Outcome
from communities.experts.presenting import told_in
from communities.experts.views.ground import me, page, reading, sent, step, tried, writing, written
from kmportal.people.models import User

PER_PAGE = 20
CHANGES: dict[str, tuple[Callable[..., Any], Any]] = {
    "accept": (answering.accept, _lazy("Agreed. The other side is told.")),
    "decline": (answering.decline, _lazy("Declined. The other side reads your words.")),
    "take": (answering.take_proposal, _lazy("Agreed. The other side is told.")),
    "call-off": (answering.call_off, _lazy("Called off. The other side is told.")),
    "finish": (answering.finish, _lazy("Done. What came of it may help others.")),
}
WITHOUT_WORDS = ("take", "finish")


@writing
def ask(request: HttpRequest, handle: str) -> HttpResponse:
    """Asks somebody who offers consultations; to whoever may not ask, nothing is here."""
    user = me(request)
    offers = Offer.objects.open_to(user, timezone.localdate()).select_related("doctor__person__agency", "doctor__agency")
    offer = get_object_or_404(offers, doctor__person__handle=handle)
    form = RequestForm(sent(request))
    if written(form, lambda: requesting.request(actor=user, doctor=offer.doctor, wish=requesting.Wish(**form.cleaned_data))):
        messages.success(request, _("Sent. You hear as soon as there is an answer."))
        return redirect("experts:consultations")
    return page(request, "ask.html", form=form, offer=offer)


@reading
def consultations(request: HttpRequest) -> HttpResponse:
    """Mine, asked and given; open ones first."""
    rows = Consultation.objects.visible_to(request.user).select_related("doctor", "asker").listed()
    listing = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "consultations.html", listing=listing)


@reading
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    thing = _mine(me(request), pk)
    outcome = Outcome.objects.visible_to(request.user).filter(consultation=thing).select_related("page").first()
    context = {
        "it": thing, "outcome": outcome, "is_doctor": thing.doctor_id == request.user.pk, "form": SaysForm(auto_id="says_%s"),
        "other": thing.asker if thing.doctor_id == request.user.pk else thing.doctor,
        "confirmed": bool(outcome and outcome.page and outcome.lesson_digest == digest_of(newest(outcome.page))),
        "has_come": thing.day <= timezone.localdate(),
    }  # fmt: skip
    return page(request, "consultation.html", **context)


@step
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A step behind a button."""
    if verb not in CHANGES:
        raise Http404
    user, (act, said) = me(request), CHANGES[verb]
    thing, form = _mine(user, pk), SaysForm(request.POST)
    words = {} if verb in WITHOUT_WORDS or not form.is_valid() else {"says": form.cleaned_data["says"]}
    if verb == "decline":
        words.setdefault("says", "")
    tried(request, lambda: act(actor=user, consultation=thing, **words), said=said)
    return redirect(thing)


@writing
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    user = me(request)
    thing = _mine(user, pk)
    if thing.doctor_id != user.pk:
        raise PermissionDenied
    form = ProposeForm(sent(request), initial={"day": thing.day, "time": thing.time})
    if written(form, lambda: answering.propose(actor=user, consultation=thing, **form.cleaned_data)):
        messages.success(request, _("Proposed. The other side is told."))
        return redirect(thing)
    return page(request, "propose.html", form=form, it=thing)


@writing
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker writes what came of it."""
    user = me(request)
    thing = _mine(user, pk)
    if thing.asker_id != user.pk or thing.state != Consultation.State.DONE:
        raise PermissionDenied
    mine = Outcome.objects.visible_to(user).filter(consultation=thing).first()
    form = OutcomeForm.of(mine, thing, sent(request))
    if written(form, lambda: outcomes.write(actor=user, consultation=thing, words=outcomes.Words(**form.cleaned_data))):
        messages.success(request, _("Saved. The other side is asked to confirm it."))
        return redirect(thing)
    return page(request, "outcome.html", form=form, it=thing, outcome=mine)


@step
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The doctor's word on a text that they have read."""
    user, form = me(request), ReadForm(request.POST)
    found = get_object_or_404(Outcome.objects.visible_to(user).select_related("consultation", "page"), consultation=pk)
    if not form.is_valid():
        raise Http404
    said, read = form.cleaned_data["says"], form.cleaned_data["read"]
    acts = {
        "confirm": lambda: outcomes.confirm(actor=user, outcome=found, read=read),
        "send_back": lambda: outcomes.send_back(actor=user, outcome=found, read=read, says=said),
        "confirm_lesson": lambda: outcomes.confirm_lesson(actor=user, outcome=found, read=read),
    }
    tried(request, acts[form.cleaned_data["answer"]], said=_("Thank you. Your answer is kept."))
    return redirect(found.consultation)


@step
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    user = me(request)
    found = get_object_or_404(Outcome.objects.visible_to(user).select_related("consultation"), consultation=pk)
    said = _("The lesson draft is made. The coordinators who finish it are told.")
    tried(request, lambda: outcomes.draft_lesson(actor=user, outcome=found), said=said)
    return redirect(found.consultation)


@reading
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """The lesson as it was last written, for the two who it came from."""
    found = get_object_or_404(Outcome.objects.visible_to(me(request)).select_related("consultation", "page"), consultation=pk)
    if found.page is None:
        raise Http404
    text = newest(found.page)
    context = {"lesson": text, "digest": digest_of(text), "outcome": found, "it": found.consultation}
    is_doctor = found.consultation.doctor_id == me(request).pk
    return page(request, "lesson.html", is_doctor=is_doctor, fields=told_in(text), **context)


def _mine(user: User, pk: int) -> Any:
    return get_object_or_404(Consultation.objects.visible_to(user).select_related("doctor__person", "asker__person"), pk=pk)
