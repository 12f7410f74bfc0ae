"""The three doors of an interview: the space, the expert's account, the link of the expert's mail. The screens behind them are the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from communities.interviews.actions import links
from communities.interviews.actions.ground import Hand, worker
from communities.interviews.models import Interview, Question, Recording
from communities.interviews.permissions import can_work
from communities.space import Space, inside
from kmportal.people.models import User

READ, BOTH = ["GET", "HEAD"], ["GET", "HEAD", "POST"]
View = Callable[..., Any]
GONE = (Interview.DoesNotExist, Question.DoesNotExist, Recording.DoesNotExist)


@dataclass(frozen=True)
class Door:
    """Where somebody comes in, and what they may do there.

    Args:
        kind: "space", "own" or "link". hand: None for who only reads. space: for the frame of the page, of members.
    """

    kind: str
    interview: Interview
    hand: Hand | None
    args: tuple[Any, ...]
    space: Space | None = None

    @property
    def is_expert(self) -> bool:
        return self.hand is not None and self.hand.is_expert

    @property
    def is_worker(self) -> bool:
        return self.hand is not None and not self.hand.is_expert

    @property
    def page(self) -> str:
        return self.url("page")

    @property
    def step(self) -> str:
        return self.url("step")

    @property
    def writer(self) -> Hand:
        if self.hand is None:
            raise PermissionDenied
        return self.hand

    def url(self, name: str, *more: Any) -> str:
        """The address of a screen behind the same door."""
        return reverse(f"interviews:{self.kind}_{name}", args=[*self.args, *more])


def member(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def at_space(view: View, methods: list[str] = BOTH) -> View:
    """Of those who work on it; and, to read, of members once it is approved."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, pk: int, **keys: Any) -> HttpResponse:
        space = inside(request.user, slug)
        rows = Interview.objects.visible_to(request.user).select_related(
            "community", "asker__person", "expert__person", "version"
        )
        found = get_object_or_404(rows, pk=pk, community=space.community)
        hand = worker(user=member(request), interview=pk) if can_work(request.user, found) else None
        return _answered(view, request, Door("space", found, hand, (slug, pk), space), keys)

    return login_required(never_cache(require_http_methods(methods)(guarded)))


def at_own(view: View, methods: list[str] = BOTH) -> View:
    """Of the expert by their account."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **keys: Any) -> HttpResponse:
        try:
            found, hand = links.own(user=member(request), pk=pk)
        except Interview.DoesNotExist as error:
            raise Http404 from error
        return _answered(view, request, Door("own", found, hand, (pk,)), keys)

    return login_required(never_cache(require_http_methods(methods)(guarded)))


def at_link(view: View, methods: list[str] = BOTH) -> View:
    """Of whoever holds the link of the expert's mail."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, **keys: Any) -> HttpResponse:
        now = timezone.now()
        try:
            found, hand = links.by_link(secret=secret, now=now)
        except Interview.DoesNotExist:
            old = links.run_out(secret=secret, now=now) is not None
            return render(request, "interviews/link_gone.html", {"can_renew": old, "secret": secret}, status=404)
        return _answered(view, request, Door("link", found, hand, (secret,)), keys)

    return never_cache(require_http_methods(methods)(guarded))


def _answered(view: View, request: HttpRequest, door: Door, keys: dict[str, Any]) -> HttpResponse:
    try:
        response: HttpResponse = view(request, door, **keys)
    except GONE as error:
        raise Http404 from error
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def shown(request: HttpRequest, template: str, door: Door, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the frame of the space, or alone for the expert."""
    frame = "interviews/in_space.html" if door.space is not None else "interviews/alone.html"
    words = {"door": door, "interview": door.interview, "space": door.space, "frame": frame, **context}
    return render(request, f"interviews/{template}", words, status=status)
