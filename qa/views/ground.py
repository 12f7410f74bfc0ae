"""What all views of questions stand on: who acts, which post they mean, where it goes afterwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404

from kmportal.people.models import User
from qa.models import Answer, Comment, Question
from qa.models.posts import Post

KINDS: dict[str, type[Post]] = {"question": Question, "answer": Answer, "comment": Comment}
View = Callable[..., HttpResponse]
# The orders of answers that an address names; the first in thread.SORTS needs no name.
ORDERS = ("new", "old")


def member(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def question_for(user: Any, pk: int) -> Question:
    """A question that this person may read, or 404."""
    found: Question = get_object_or_404(Question.objects.visible_to(user).select_related("agency", "community"), pk=pk)
    return found


def post_for(user: Any, kind: str, pk: int) -> Post:
    """A post that this person may read, or 404; its question is at hand."""
    if kind == "question":
        return question_for(user, pk)
    model: Any = KINDS[kind]
    found: Post = get_object_or_404(model.objects.visible_to(user).select_related("question__community"), pk=pk)
    return found


def to(post: Post, did: str = "") -> HttpResponse:
    """Leads to the post on its page. `did` is what just happened, so that the page can offer to take it back."""
    address, mark, anchor = post.get_absolute_url().partition("#")
    return HttpResponseRedirect(f"{address}{f'?did={did}' if did else ''}{mark}{anchor}")


def keeps_order(view: View) -> View:
    """A form below the answers leads back to them in the order in which they were read."""

    @wraps(view)
    def ordered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _in_same_order(request, view(request, *args, **kwargs))

    return ordered


def _in_same_order(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page that the form stood on says which order (`?sort=`): a browser names the page before to its own site."""
    path, _mark, query = request.headers.get("Referer", "").partition("?")
    order = QueryDict(query.partition("#")[0]).get("sort", "")
    if order not in ORDERS or not isinstance(response, HttpResponseRedirect):
        return response
    address, mark, anchor = response.url.partition("#")
    if not path.endswith(address.partition("?")[0]):
        return response
    return HttpResponseRedirect(f"{address}{'&' if '?' in address else '?'}sort={order}{mark}{anchor}")


def step(view: View) -> View:
    """A verb behind a button: POST does it. Whoever comes by GET, after signing in, is led to the post that the button stands at."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, kind: str = "question") -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        post = post_for(request.user, kind, pk)
        return _in_same_order(request, view(request, post) if request.method == "POST" else to(post))

    return guarded


def answer_step(view: View) -> View:
    """The same for verbs that only answers know."""
    stepping = step(view)

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        return stepping(request, pk, "answer")

    return guarded
