"""What all views of shared things stand on: the space as its member meets it, the thing they mean, one verb and where it leads."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from communities.commons.actions.ground import CommonsError
from communities.commons.permissions import manages
from communities.space import Space, space_of
from kmportal.library.files import RefusedFile
from kmportal.people.models import User

READ = ["GET", "HEAD"]
READ_AND_WRITE = ["GET", "HEAD", "POST"]
View = Callable[..., Any]


def member(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def space_for(user: Any, slug: str) -> Space:
    """The space for its members; to everybody else nothing is here, whether they may know of the community or not."""
    space = space_of(user, slug)
    if not space.is_member:
        raise Http404
    return space


def reading(view: View) -> View:
    """A page of a space, for members: view(request, space, …)."""
    return _guarded(view, READ)


def writing(view: View) -> View:
    """The same with a form."""
    return _guarded(view, READ_AND_WRITE)


def managing(view: View) -> View:
    """A form for those who manage: facilitators and note-takers; 403 to other members."""

    @wraps(view)
    def asked(request: HttpRequest, space: Space, **keys: Any) -> HttpResponse:
        if not manages(space.user, space.community):
            raise PermissionDenied
        return view(request, space, **keys)

    return writing(asked)


def _guarded(view: View, methods: list[str]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **keys: Any) -> HttpResponse:
        return view(request, space_for(request.user, slug), **keys)

    return login_required(require_http_methods(methods)(guarded))


def step(rows: Callable[[Any], "QuerySet[Any]"]) -> Callable[[View], View]:
    """A verb behind a button, view(request, space, thing); whoever comes by GET is led to the thing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
            thing = found(space, rows(space.user), pk)
            return view(request, space, thing) if request.method == "POST" else redirect(thing)

        return writing(guarded)

    return decorate


def found(space: Space, rows: "QuerySet[Any]", pk: int) -> Any:
    """A thing of this space among what its reader may see, or 404; its community is at hand."""
    thing = get_object_or_404(rows.filter(community=space.community), pk=pk)
    thing.community = space.community
    return thing


def tried(request: HttpRequest, verb: Callable[[], Any], *, said: str = "") -> bool:
    """Runs a verb; a refusal in words becomes a message."""
    try:
        verb()
    except CommonsError as problem:
        messages.error(request, str(problem.words))
        return False
    if said:
        messages.success(request, said)
    return True


def written(form: Any, verb: Callable[[], Any]) -> Any:
    """What the verb made out of a valid form; None where the form or the verb refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return verb()
    except (CommonsError, RefusedFile) as problem:
        form.add_error(None, str(problem.words))
        return None


def page(request: HttpRequest, template: str, space: Space, **context: Any) -> HttpResponse:
    """The page; 422 where a form came back."""
    form = context.get("form")
    refused = form is not None and form.is_bound
    context = {"space": space, "manages": manages(space.user, space.community), **context}
    return render(request, f"commons/{template}", context, status=422 if refused else 200)


def to(thing: Model, did: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{thing.get_absolute_url()}{f'?did={did}' if did else ''}")  # type: ignore[attr-defined]  # all of ours have one


def deleted(thing: Any, list_name: str) -> HttpResponseRedirect:
    """Leads to the list that the thing stood in, which then offers to bring it back."""
    return HttpResponseRedirect(f"{reverse(list_name, args=[thing.community.slug])}?did=deleted-{thing.pk}")


def removed(request: HttpRequest, restore_name: str, space: Space) -> str:
    """The address that brings back what was just taken away; "" where nothing was."""
    word, _dash, pk = request.GET.get("did", "").partition("-")
    if word != "deleted" or not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return ""
    return reverse(restore_name, args=[space.community.slug, pk])


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: what was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
