"""Action items of a space, one of them, and one's own across all spaces."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.commons.actions import items as verbs
from communities.commons.forms.items import HandForm, ItemForm, MoveForm, NoteForm
from communities.commons.models import ActionItem
from communities.commons.permissions import can_change_item
from communities.commons.presenting import items as presenting
from communities.commons.views.ground import found, member, page, reading, sent, step, to, tried, writing, written
from communities.space import Space

PER_PAGE = 20
SHOWN = ("open", "done")


@reading
def items(request: HttpRequest, space: Space) -> HttpResponse:
    """Open ones first, with their days; `show` narrows. Values nobody offered are passed over."""
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else ""
    rows = presenting.listed(space, show or "")
    listing = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "items.html", space, listing=listing, show=show, counts=presenting.counts(space))


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I have taken on, in all my communities."""
    rows = ActionItem.objects.visible_to(request.user).filter(owner=request.user).listed().select_related("community", "author")
    listing = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "commons/mine.html", {"listing": listing})


@writing
def new(request: HttpRequest, space: Space) -> HttpResponse:
    if not space.can_take_part:
        raise PermissionDenied
    form = ItemForm(sent(request), community=space.community, initial={"owner": request.user.pk})
    made = written(form, lambda: verbs.add_action(actor=member(request), community=space.community, **form.cleaned_data))
    return to(made) if made else page(request, "item_new.html", space, form=form)


@reading
def item(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = found(space, ActionItem.objects.visible_to(request.user).select_related("owner", "author"), pk)
    context = {
        "item": thing,
        "source": presenting.source_of(thing, request.user),
        "may_change": can_change_item(request.user, thing),
    }
    steps = thing.steps.select_related("actor", "owner")
    return page(request, "item.html", space, steps=steps, done_form=NoteForm(auto_id="done_%s"), **context)


@step(ActionItem.objects.visible_to)
def complete(request: HttpRequest, space: Space, thing: ActionItem) -> HttpResponse:
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    tried(request, lambda: verbs.complete(actor=member(request), item=thing, note=note), said=_("Done. Thank you."))
    return to(thing)


@step(ActionItem.objects.visible_to)
def reopen(request: HttpRequest, space: Space, thing: ActionItem) -> HttpResponse:
    tried(request, lambda: verbs.reopen(actor=member(request), item=thing), said=_("It is open again."))
    return to(thing)


@writing
def move(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = _changeable(request, space, pk)
    form = MoveForm(sent(request), initial={"due": thing.due})
    made = written(form, lambda: verbs.move(actor=member(request), item=thing, **form.cleaned_data))
    return to(made) if made else page(request, "item_change.html", space, form=form, item=thing, heading=_("Choose another day"))


@writing
def hand_over(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = _changeable(request, space, pk)
    form = HandForm(sent(request), community=space.community)
    made = written(form, lambda: verbs.hand_over(actor=member(request), item=thing, **form.cleaned_data))
    return to(made) if made else page(request, "item_change.html", space, form=form, item=thing, heading=_("Hand it over"))


def _changeable(request: HttpRequest, space: Space, pk: int) -> Any:
    thing = found(space, ActionItem.objects.visible_to(request.user), pk)
    if not can_change_item(request.user, thing):
        raise PermissionDenied
    return thing
