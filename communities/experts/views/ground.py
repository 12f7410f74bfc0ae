"""What all views here stand on: the signed-in account, one verb, and a form that says what was refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.experts.actions.ground import ExpertsError
from kmportal.people.models import User

View = Callable[..., Any]


def me(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def reading(view: View) -> View:
    return login_required(never_cache(require_safe(view)))


def writing(view: View) -> View:
    return login_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def step(view: View) -> View:
    return login_required(require_POST(view))


def tried(request: HttpRequest, verb: Callable[[], Any], *, said: Any = "") -> bool:
    """Runs a verb; a refusal in words becomes a message."""
    try:
        verb()
    except ExpertsError as problem:
        messages.error(request, str(problem.words))
        return False
    if said:
        messages.success(request, str(said))
    return True


def written(form: Any, verb: Callable[[], Any]) -> bool:
    """Whether the verb took what the form holds; where it did not, the form says why."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ExpertsError as problem:
        form.add_error(None, str(problem.words))
        return False
    return True


def sent(request: HttpRequest, name: str = "") -> Any:
    """What a form is bound to; of several forms on a page, the one whose button was pressed."""
    return request.POST if request.method == "POST" and (not name or name in request.POST) else None


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page; 422 where a form came back."""
    refused = any(getattr(one, "is_bound", False) for one in context.values())
    return render(request, f"experts/{template}", context, status=422 if refused else 200)
