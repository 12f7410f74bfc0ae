"""Events of a space: calendar, one of them, calling, changing and cancelling, who comes."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.commons import ics
from communities.commons.actions import events as verbs
from communities.commons.forms.events import EventForm, ReasonForm
from communities.commons.models import Event, Rsvp
from communities.commons.permissions import can_answer_event
from communities.commons.presenting import events as presenting
from communities.commons.views.ground import found, managing, member, page, reading, sent, step, to, tried, written
from communities.space import Space

PER_PAGE = 20
OFFERED = {Rsvp.Answer.YES, Rsvp.Answer.MAYBE, Rsvp.Answer.NO}


@reading
def events(request: HttpRequest, space: Space) -> HttpResponse:
    past = request.GET.get("show") == "past"
    listing = Paginator(presenting.listed(space, past=past), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "events.html", space, listing=listing, past=past)


@reading
def event(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = found(space, Event.objects.visible_to(request.user).select_related("author"), pk)
    now = timezone.now()
    context = {"may_answer": can_answer_event(request.user, thing, now), "is_over": thing.is_over(now)}
    return page(request, "event.html", space, event=thing, company=presenting.company(thing, request.user), **context)


@managing
def new(request: HttpRequest, space: Space) -> HttpResponse:
    form = EventForm(sent(request))
    made = written(form, lambda: verbs.call_event(actor=member(request), community=space.community, words=form.words()))
    return to(made) if made else page(request, "event_edit.html", space, form=form)


@managing
def edit(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = found(space, Event.objects.visible_to(request.user), pk)
    form = EventForm.of(thing, sent(request))
    made = written(form, lambda: verbs.change_event(actor=member(request), event=thing, words=form.words()))
    return to(made) if made else page(request, "event_edit.html", space, form=form, event=thing)


@managing
def cancel(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = found(space, Event.objects.visible_to(request.user), pk)
    form = ReasonForm(sent(request))
    made = written(form, lambda: verbs.cancel_event(actor=member(request), event=thing, **form.cleaned_data))
    return to(made) if made else page(request, "event_cancel.html", space, form=form, event=thing)


@step(Event.objects.visible_to)
def answer(request: HttpRequest, space: Space, thing: Event) -> HttpResponse:
    """Yes, perhaps or no."""
    said = request.POST.get("answer", "")
    if said not in OFFERED:
        raise PermissionDenied
    tried(request, lambda: verbs.answer_event(actor=member(request), event=thing, answer=Rsvp.Answer(said)), said=_("Noted."))
    return to(thing)


@reading
def file(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    """The event for a calendar program."""
    thing = found(space, Event.objects.visible_to(request.user), pk)
    comes = thing.rsvps.filter(user=request.user, answer=Rsvp.Answer.YES).exists()
    response = HttpResponse(ics.calendar([(thing, comes)]), content_type=ics.TYPE)
    response["Content-Disposition"] = f'attachment; filename="event-{thing.pk}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
