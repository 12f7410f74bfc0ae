"""Drafts out of talk: the list of a community, the screen where one is written, and its steps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communities.harvest.actions import asking, drafting, handing_in
from communities.harvest.actions.ground import HarvestError
from communities.harvest.forms import DraftForm
from communities.harvest.models import TalkDraft
from communities.harvest.permissions import can_harvest
from communities.harvest.presenting import listed_in, words_of, writing
from communities.harvest.views.ground import draft_for, member
from communities.space import inside
from kmportal.library.actions.review import ReviewError


@login_required
@require_GET
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community drafted and published out of its talk, newest first."""
    space = inside(request.user, slug)
    page = listed_in(space.community, member(request), request.GET.get("page", ""))
    return render(request, "harvest/drafts.html", {"space": space, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The lesson record beside the statements it was made from. Members who do not work on it read it."""
    space, draft = inside(member(request), slug), draft_for(request.user, slug, pk)
    works = can_harvest(space.user, draft.channel) and not draft.lesson.live
    if request.method == "POST" and not works:
        raise PermissionDenied
    form = DraftForm(request.POST or None, draft=draft, initial=words_of(draft))
    if request.method == "POST" and form.is_valid() and _saved(request, draft, form):
        return redirect(draft)
    shown = {"draft": draft, "space": space, "form": form, "works": works, **writing(draft)}
    return render(request, "harvest/draft.html", shown, status=422 if form.is_bound else 200)


def _saved(request: HttpRequest, draft: TalkDraft, form: DraftForm) -> bool:
    said = dict(form.cleaned_data)
    try:
        drafting.set_reach(actor=member(request), draft=draft, visibility=said.pop("reach"))
        before = words_of(draft)
        changed = {name: text for name, text in said.items() if text != before[name]}
        drafting.rewrite(actor=member(request), draft=draft, words=changed)
    except HarvestError as problem:
        form.add_error(None, str(problem.words))
        return False
    messages.success(request, _("Saved."))
    return True


@login_required
@require_POST
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mails the tellers whose word is missing."""
    draft = draft_for(request.user, slug, pk)
    try:
        number = len(asking.ask_tellers(actor=member(request), draft=draft))
        said = ngettext("%(number)d teller was asked by mail.", "%(number)d tellers were asked by mail.", number)
        messages.success(request, said % {"number": number} if number else _("All tellers have given their word already."))
    except HarvestError as problem:
        messages.error(request, str(problem.words))
    return redirect(draft)


@login_required
@require_POST
def hand_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """On to the reviewers of the library."""
    draft = draft_for(request.user, slug, pk)
    try:
        handing_in.hand_in(actor=member(request), draft=draft)
        messages.success(request, _("Handed in. A reviewer reads it; you hear of it."))
    except (HarvestError, ReviewError) as problem:
        messages.error(request, str(problem.words))
    return redirect(draft)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks, then throws the draft away; its marks lie in the basket again."""
    space, draft = inside(request.user, slug), draft_for(request.user, slug, pk)
    if request.method != "POST":
        return render(request, "harvest/drop.html", {"draft": draft, "space": space})
    drafting.drop(actor=member(request), draft=draft)
    messages.success(request, _("Thrown away. What was in it lies in the basket again."))
    return redirect("harvest:basket", slug, draft.channel_id)
