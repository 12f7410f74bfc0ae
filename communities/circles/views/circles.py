"""The circles of a community, starting one, its page: lobby, where it is now, record."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from communities.circles import presenting
from communities.circles.actions import opening
from communities.circles.facts import live_in
from communities.circles.forms import StartForm
from communities.circles.models import Circle, Part, Template, TemplateVersion
from communities.circles.permissions import can_lead
from communities.circles.views.ground import circle_for, member, space_for
from communities.models import Community, Membership
from communities.space import Space
from communities.talk.actions.ground import TalkError
from communities.talk.models import Channel

PER_PAGE = 20


@login_required
@require_safe
def circles(request: HttpRequest, slug: str) -> HttpResponse:
    """What is live, what is planned, what is over."""
    space = space_for(request.user, slug)
    mine = Circle.objects.visible_to(request.user).filter(channel__community=space.community)
    mine = mine.select_related("version", "channel__community")
    words = {
        "space": space, "live": list(mine.live()), "gathering": list(mine.gathering().order_by("starts_at", "pk")),
        "over": Paginator(mine.over().order_by("-closed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page")), "may_open": space.is_facilitator,
    }  # fmt: skip
    return render(request, "circles/list.html", words)


@login_required
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """The methods to start from."""
    space = _to_open_in(request, slug)
    words = {"space": space, "methods": Template.objects.offered(), "channel": request.GET.get("channel", "")}
    return render(request, "circles/choose.html", words)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str, method: str) -> HttpResponse:
    """Opens a circle with a method."""
    space = _to_open_in(request, slug)
    community = space.community
    template = get_object_or_404(Template.objects.offered(), slug=method)
    form = StartForm(
        request.POST or None, community=community, version=_method(template), initial=_likely(request, community, template)
    )
    if request.method == "POST" and form.is_valid():
        opened = _open(request, form, template)
        if opened is not None:
            return redirect(opened)
    words = {"space": space, "template": template, "form": form}
    return render(request, "circles/start.html", words, status=400 if form.errors else 200)


@login_required
@require_safe
def circle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Its page, as it stands."""
    found = circle_for(request.user, slug, pk)
    words = {
        "circle": found, "space": space_for(request.user, slug), "lobby": presenting.lobby_of(request.user, found),
        "may_lead": can_lead(request.user, found), "frame": presenting.frame_of(request.user, found),
    }  # fmt: skip
    if found.round_number:
        words["record"] = presenting.record_of(request.user, found)
    if words["may_lead"] and not found.is_over:
        words["members"] = found.channel.community.members.filter(is_active=True)
        words["roles"] = Part.Role.choices
    return render(request, "circles/circle.html", words)


@login_required
@require_safe
def frame(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The frame alone, for the script; the same that stands in the page."""
    found = circle_for(request.user, slug, pk)
    words = {"frame": presenting.frame_of(request.user, found), "here": request.GET.get("here", "")[:200]}
    answer = render(request, "circles/_frame.html", words)
    answer["Cache-Control"] = "no-store"
    return answer


def above_stream(request: HttpRequest, channel: Channel) -> dict[str, Any] | None:
    """What a channel shows above its stream; nothing where no circle runs."""
    found = live_in(channel)
    return {"frame": presenting.frame_of(request.user, found), "here": request.path} if found is not None else None


def _to_open_in(request: HttpRequest, slug: str) -> Space:
    space = space_for(request.user, slug)
    if not (space.is_facilitator and space.can_take_part):
        raise PermissionDenied
    return space


def _likely(request: HttpRequest, community: Community, template: Template) -> dict[str, Any]:
    """The channel one came from, the note-taker of the community, and the title that a link brought along."""
    rooms: Any = community.channels
    channels = rooms.open()
    wanted = request.GET.get("channel", "")
    channel = channels.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 16 else None
    taker = community.memberships.filter(role=Membership.Role.NOTE_TAKER).exclude(user=member(request)).first()
    title = request.GET.get("title", "")[:160]
    return {"channel": channel or channels.first(), "note_taker": taker.user_id if taker else None, "title": title}


def _open(request: HttpRequest, form: StartForm, template: Template) -> Circle | None:
    try:
        channel = form.cleaned_data["channel"].pk
        return opening.open_circle(actor=member(request), channel=channel, plan=form.plan(template.slug))
    except TalkError as refused:
        form.add_error(None, refused.words)
        return None


def _method(template: Template) -> TemplateVersion:
    """What is offered has a version."""
    assert template.current is not None  # noqa: S101 - TemplateQuerySet.offered
    return template.current
