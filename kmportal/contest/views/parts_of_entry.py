"""Photographs, files and people of an entry; the answer of somebody who is asked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kmportal.contest.actions import entering, team
from kmportal.contest.forms import entry as forms
from kmportal.contest.models import Contest, Entry
from kmportal.contest.permissions import can_hand_in
from kmportal.contest.presenting.entries import steps_of
from kmportal.contest.views.ground import READ_AND_WRITE, entry_for, member, page, sent, to_step, tried, working
from kmportal.people.models import Person

FOUND = 10


@working
def pictures(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """Photographs and files, with a form that takes several at once."""
    photos = entry.pictures.select_related("picture")
    return page(
        request, "entry_pictures", contest=contest, entry=entry, photos=photos, files=entry.files.all(),
        most=entering.MOST_PICTURES, most_files=entering.MOST_FILES, steps=steps_of(entry, "pictures"), here="pictures",
    )  # fmt: skip


@working
def put_in(request: HttpRequest, contest: Contest, entry: Entry, kind: str) -> HttpResponse:
    """Takes the chosen photographs or files, each by itself: one that is refused does not keep the others out."""
    form = forms.FilesForm(sent(request), request.FILES or None)
    if form.is_valid():
        for one in form.cleaned_data["files"]:
            tried(request, lambda one=one: _take(request, entry, kind, one))  # type: ignore[misc]  # the default binds the file of this turn
    return to_step(entry, "pictures")


def _take(request: HttpRequest, entry: Entry, kind: str, file: Any) -> Any:
    actor = member(request)
    if kind == "pictures":
        return entering.add_picture(actor=actor, entry=entry.pk, file=file, size=file.size, alt=request.POST.get("alt", ""))
    return entering.add_file(actor=actor, entry=entry.pk, data=file.read(), filename=file.name)


@working
def picture(request: HttpRequest, contest: Contest, entry: Entry, number: int) -> HttpResponse:
    """Words for a photograph, or out with it."""
    get_object_or_404(entry.pictures.all(), pk=number)
    form, actor = forms.AltForm(sent(request)), member(request)
    if "remove" in request.POST:
        tried(request, lambda: entering.remove_picture(actor=actor, entry=entry.pk, pk=number))
    elif form.is_valid():
        tried(request, lambda: entering.describe_picture(actor=actor, entry=entry.pk, pk=number, **form.cleaned_data))
    return to_step(entry, "pictures")


@working
def remove_file(request: HttpRequest, contest: Contest, entry: Entry, number: int) -> HttpResponse:
    """Out with a file."""
    get_object_or_404(entry.files.all(), pk=number)
    if request.method == "POST":
        tried(request, lambda: entering.remove_file(actor=member(request), entry=entry.pk, pk=number))
    return to_step(entry, "pictures")


@working
def people(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """The team, and a search for whom to ask: ?q=name."""
    words = request.GET.get("q", "").strip()[:80]
    found = []
    if words:
        named = {entry.owner_id, *entry.team.values_list("user", flat=True)}
        known = Person.objects.visible_to(request.user).matching(words).filter(user__is_active=True)
        found = list(known.exclude(user__in=named).select_related("agency")[:FOUND])
    return page(
        request, "entry_team", contest=contest, entry=entry, words=words, found=found, owns=can_hand_in(request.user, entry),
        team=entry.team.select_related("user"), steps=steps_of(entry, "team"), here="team",
    )  # fmt: skip


@working
def ask(request: HttpRequest, contest: Contest, entry: Entry, handle: str) -> HttpResponse:
    """Asks one person whether the team may name them."""
    person = get_object_or_404(Person.objects.visible_to(request.user).filter(user__is_active=True), handle=handle)
    if request.method == "POST":
        said = _("Asked. They are named once they agree.")
        part = request.POST.get("part", "")
        tried(request, lambda: team.ask(actor=member(request), entry=entry.pk, person=person, part=part), said=said)
    return to_step(entry, "team")


@working
def remove_person(request: HttpRequest, contest: Contest, entry: Entry, number: int) -> HttpResponse:
    """Out of the team."""
    get_object_or_404(entry.team.all(), pk=number)
    if request.method == "POST":
        tried(request, lambda: team.remove(actor=member(request), entry=entry.pk, pk=number))
    return to_step(entry, "team")


@login_required
@require_http_methods(READ_AND_WRITE)
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whether one may be named: the page that the notice leads to."""
    contest, entry = entry_for(request.user, slug, pk)
    me = entry.team.filter(user=member(request)).first()
    if me is None:
        raise Http404
    form = forms.AnswerForm(sent(request))
    if not form.is_valid():
        return page(request, "answer", contest=contest, entry=entry, me=me)
    agrees, printed = form.cleaned_data["answer"] == "yes", form.cleaned_data["printed"]
    said = _("Your answer is told. Thank you.")
    tried(request, lambda: team.answer(actor=member(request), entry=entry.pk, agrees=agrees, printed=printed), said=said)
    return redirect(entry) if agrees else redirect("contest:mine")
