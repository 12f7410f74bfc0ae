"""What all views of circles stand on: the community of the reader, the circle they mean, where an act leads back to."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from communities.circles.models import Circle
from communities.space import Space, space_of
from kmportal.people.models import User


def member(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def space_for(user: Any, slug: str) -> Space:
    """The space for its members; to everybody else nothing is here, whether they may know of it or not."""
    space = space_of(user, slug)
    if not space.is_member:
        raise Http404
    return space


def circle_for(user: Any, slug: str, pk: int) -> Circle:
    found = Circle.objects.visible_to(user).filter(channel__community__slug=slug)
    return get_object_or_404(found.select_related("version__template", "channel__community").prefetch_related("rounds"), pk=pk)


def back_to(request: HttpRequest, circle: Circle) -> str:
    """The page that the form stood on, if it is one of ours."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("circles:circle", args=[circle.channel.community.slug, circle.pk])
