"""From seminar items to a lesson: a page that asks, and the step itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kmportal.library.actions import lessons
from kmportal.library.forms.keeping import ItemsForm
from kmportal.library.permissions import can_make_lesson

NEW = _("A lesson draft was made. Complete it, then hand it in.")
BEFORE = _("A lesson was made from these items before. Here it is.")


@login_required
def make_lesson(request: HttpRequest) -> HttpResponse:
    """GET shows the chosen items and asks; POST makes the draft and opens it."""
    if not can_make_lesson(request.user):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    form = ItemsForm(sent, user=request.user)
    chosen = list(form.cleaned_data["item"]) if form.is_valid() else []
    if not chosen and sent.getlist("item"):
        raise Http404
    if request.method != "POST" or not chosen:
        return render(request, "library/make_lesson.html", {"items": chosen, "form": form}, status=200 if chosen else 400)
    try:
        lesson, is_new = lessons.make_lesson(actor=request.user, items=chosen)
    except lessons.LessonError as problem:
        return render(request, "library/make_lesson.html", {"items": chosen, "form": form, "problem": problem.words}, status=409)
    messages.success(request, NEW if is_new else BEFORE)
    return redirect("wagtailadmin_pages:edit", lesson.pk)
