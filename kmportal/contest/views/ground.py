"""What all views of contests stand on: who asks, the contest that they mean, one verb and where it leads."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kmportal.contest.actions.ground import ContestError
from kmportal.contest.models import Contest, Entry
from kmportal.contest.permissions import can_run, can_work
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


def contest_for(user: Any, slug: str) -> Contest:
    """The contest, or 404 to whoever may not know of it."""
    found: Contest = get_object_or_404(Contest.objects.visible_to(user).select_related("agency", "cover"), slug=slug)
    return found


def entry_for(user: Any, slug: str, pk: int) -> tuple[Contest, Entry]:
    """The entry with its contest, or 404 to whoever does not read it whole: not even that it exists is told."""
    rows = Entry.objects.visible_to(user).select_related("contest", "category", "agency", "owner__person", "lesson_page")
    rows = rows.prefetch_related("pictures__picture", "files")
    found = get_object_or_404(rows, contest__slug=slug, pk=pk)
    return found.contest, found


def working(view: View) -> View:
    """A page for whoever writes in an entry: view(request, contest, entry, …). 403 to whoever only reads it."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, pk: int, **keys: Any) -> HttpResponse:
        contest, entry = entry_for(request.user, slug, pk)
        if not can_work(request.user, entry):
            raise PermissionDenied
        answer: HttpResponse = view(request, contest, entry, **keys)
        return answer

    return login_required(require_http_methods(READ_AND_WRITE)(guarded))


def to_step(entry: Entry, name: str) -> HttpResponseRedirect:
    """To a step of the guided form."""
    return HttpResponseRedirect(reverse(f"contest:{name}", args=[entry.contest.slug, entry.pk]))


def running(view: View) -> View:
    """A page for the organisers: view(request, contest, …). 404 to whoever does not see the contest, 403 to whoever does not run it."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **keys: Any) -> HttpResponse:
        contest = contest_for(request.user, slug)
        if not can_run(request.user, contest):
            raise PermissionDenied
        answer: HttpResponse = view(request, contest, **keys)
        return answer

    return login_required(require_http_methods(READ_AND_WRITE)(guarded))


def tried(request: HttpRequest, verb: Callable[[], Any], *, said: str = "") -> bool:
    """Runs a verb; a refusal in words becomes a message."""
    try:
        verb()
    except (ContestError, RefusedFile, ValidationError) as problem:
        messages.error(request, words_of(problem))
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
    except (ContestError, RefusedFile, ValidationError) as problem:
        form.add_error(None, words_of(problem))
        return None


def words_of(problem: Any) -> str:
    """Why it was refused. Pictures are refused by ValidationError."""
    return " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem.words)


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page; 422 where a form came back."""
    form = context.get("form")
    refused = form is not None and form.is_bound
    return render(request, f"contest/{template}.html", context, status=422 if refused else 200)


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: what was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
