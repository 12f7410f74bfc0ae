"""What the pages of communities share: who acts, and a step that may be refused with words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from communities.actions.ground import CommunityError
from communities.space import Space
from kmportal.people.models import User


def me(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def done(request: HttpRequest, step: Callable[[], Any], words: Any = "") -> Any:
    """Takes a step and says so; a refused one says why and gives None."""
    try:
        made = step()
    except CommunityError as problem:
        messages.error(request, str(problem.words))
        return None
    if words:
        messages.success(request, str(words))
    return made if made is not None else True


def tried(form: Any, step: Callable[[], Any]) -> Any:
    """Takes a step with what a form says; a refused one says why on the form and gives None."""
    if not form.is_valid():
        return None
    try:
        return step()
    except CommunityError as problem:
        form.add_error(None, problem.words)
        return None


def page(request: HttpRequest, space: Space, template: str, **words: Any) -> HttpResponse:
    """A page of a space; 422 where its form was refused."""
    form = words.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"communities/{template}.html", {"space": space, **words}, status=status)


def to(space: Space, name: str = "space") -> HttpResponse:
    return redirect(f"communities:{name}", slug=space.community.slug)
